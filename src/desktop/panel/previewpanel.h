// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "aside.h"
#include "colorroles.h"
#include "json.h"

#include <QString>
#include <QTimer>
#include <QWidget>

#include <memory>

namespace Ui {
class PreviewPanel;
}

namespace Tocsin {

struct Preview;

/// The body as it would be sent for a sample event, as one types (a large one, when one pauses); its size, whether it
/// is valid, and where it is not.
class PreviewPanel : public QWidget
{
    Q_OBJECT

public:
    explicit PreviewPanel(QWidget *parent = nullptr);
    ~PreviewPanel() override;

    void setBodyTemplate(const QString &bodyTemplate, const QString &webhookName = {});
    /// The event that is chosen, for a Test with the same; null while an own one is not valid JSON.
    Json chosenEvent() const;

Q_SIGNALS:
    void eventChanged();

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    bool isOwn() const;
    void chooseEvent();
    void readOwnEvent();
    void render();
    void showPreview(const Preview &preview);
    void tell(ColorRole role, const QString &words);

    std::unique_ptr<Ui::PreviewPanel> m_ui;
    QList<std::pair<QString, Json>> m_samples;
    Json m_event;
    QString m_bodyTemplate;
    QString m_webhookName;
    QTimer m_pause;
    Aside m_aside;
    int m_rendering = 0; ///< counts them: of two under way, the later is the one to show
    bool m_isCurrent = false;
};

} // namespace Tocsin
