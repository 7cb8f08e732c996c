// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "messagebar.h"
#include "receiver.h"

#include <QWidget>

#include <memory>

namespace Ui {
class ReceiverPage;
}

namespace Tocsin {

class LocalReceiver;

/// The Local Receiver page: start and stop it, say how it answers, see what arrived.
class ReceiverPage : public QWidget
{
    Q_OBJECT

public:
    explicit ReceiverPage(LocalReceiver &receiver, QWidget *parent = nullptr);
    ~ReceiverPage() override;
    static QString title(); ///< the page's name, before there is a page

Q_SIGNALS:
    void addRequested(); ///< a webhook for this receiver
    void message(const Tocsin::MessageBar::Message &message);

private:
    void setUpAnswer();
    void setUpTable();
    void chooseCertificate();
    void startOrStop();
    void updateRunning();
    void updateAnswer();
    void updateRequests();
    void showSelected();

    std::unique_ptr<Ui::ReceiverPage> m_ui;
    LocalReceiver &m_receiver;
};

/// A request as HTTP/1.1 text, with a JSON body laid out.
QString requestAsText(const ReceivedRequest &request);

} // namespace Tocsin
