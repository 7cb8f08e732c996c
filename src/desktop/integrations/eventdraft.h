// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "integrationevent.h"
#include "problem.h"

#include <QObject>

namespace Tocsin {

/// An event being composed, as a form and as JSON at once: a change of either is in the other. What the form does not
/// know stays as the JSON has it. Nothing is lost while the JSON cannot be read: the form is then not to be edited.
class EventDraft : public QObject
{
    Q_OBJECT

public:
    /// The form's texts.
    enum class Field { EventType, EventTime, Id, Name, Type, Status };
    Q_ENUM(Field)

    struct Issue
    {
        QString status;
        QString message;

        bool operator==(const Issue &) const = default;
    };

    /// An event of now that still needs an integration.
    explicit EventDraft(QObject *parent = nullptr);

    static QString pathOf(Field field); ///< `$.data.status`
    QString value(Field field) const; ///< empty where there is none, or no text
    void setValue(Field field, const QString &value);
    QList<Issue> issues() const;
    void setIssues(const QList<Issue> &issues);
    void setTimeToNow();

    /// The JSON, as it was typed or as the form makes it.
    QString text() const { return m_text; }
    void setText(const QString &text);
    bool isReadable() const { return m_isReadable; } ///< the text is a JSON object

    /// What is wrong: `field` is a JSON path, the position is in the text.
    const Problems &problems() const { return m_problems; }
    /// What is to be sent; none where there are problems.
    const std::optional<IntegrationEvent> &eventToSend() const { return m_event; }

Q_SIGNALS:
    void changed();

private:
    Json &data();
    void write();
    void check();

    Json m_document;
    QString m_text;
    bool m_isReadable = true;
    Problems m_problems;
    std::optional<IntegrationEvent> m_event;
};

} // namespace Tocsin
