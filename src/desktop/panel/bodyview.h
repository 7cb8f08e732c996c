// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bodytext.h"

#include <QWidget>

#include <optional>

class QLabel;
class QToolButton;

namespace Tocsin {

class CodeEditor;
class RoleLabel;
struct CodeUse;

/// A body of a request or response: size and type always, the text pretty or raw. Laid out when it is first seen.
class BodyView : public QWidget
{
    Q_OBJECT

public:
    explicit BodyView(QWidget *parent = nullptr);

    void setBody(const QByteArray &body, const QString &contentType, bool isCut);
    void setTitle(const QString &title);
    /// Offers "make a validator" on the values of a JSON body.
    void setOffersValidators(bool offers);

    CodeEditor *editor() const { return m_editor; }

Q_SIGNALS:
    /// The path starts with `$.data`.
    void validatorRequested(const QString &jsonPath, const QString &value);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void layOut();
    void showText();
    void requestValidator();
    std::optional<CodeUse> validatorAt(long position);

    QLabel *m_title;
    RoleLabel *m_facts;
    RoleLabel *m_note;
    QToolButton *m_rawButton;
    QToolButton *m_copyButton;
    CodeEditor *m_editor;
    QAction *m_makeValidator;
    QByteArray m_body;
    QString m_contentType;
    bool m_isCut = false;
    bool m_isLaidOut = true;
    BodyText m_text;
};

} // namespace Tocsin
