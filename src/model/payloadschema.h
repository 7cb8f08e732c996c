// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Tocsin {

/// One field of the event's payload, read from the JSON Schema in resources/payload-schema.json.
struct PayloadField
{
    QString name; ///< "status"; "items" of an array are its children directly
    QString path; ///< as a placeholder writes it: "data.issues.status"
    QString type; ///< JSON Schema type: "string", "object", "array" …
    QString description; ///< translated
    Json sample; ///< null: none
    QList<PayloadField> children;

    QString sampleText() const; ///< in one line, a text without its quotes; empty for what has children
};

/// The payload schema: the one source of the mock event, the schema view, the template's warnings and the completions.
class PayloadSchema
{
public:
    static const PayloadSchema &instance(); ///< thread-safe

    const Json &document() const; ///< the JSON Schema itself
    QList<PayloadField> fields() const; ///< the top level's, described in the language that is in force now
    QStringList paths() const; ///< every path, depth first
    bool knows(const QString &path) const; ///< indices (`data.issues.[0].status`) are understood
    std::optional<PayloadField> field(const QString &path) const; ///< understood alike, described as fields() are
    QString nearest(const QString &path) const; ///< the known path closest in spelling; empty if none is close
    Json mockEvent() const; ///< made from the samples

    /// The sample events that are offered beside the mock (name, event), the mock first.
    QList<std::pair<QString, Json>> sampleEvents() const;

private:
    PayloadSchema();
    const PayloadField *find(const QString &path) const;

    Json m_document;
    QList<PayloadField> m_fields;
};

} // namespace Tocsin
