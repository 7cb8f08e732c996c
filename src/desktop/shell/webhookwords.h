// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store.h"

#include <QHash>
#include <QString>

namespace Tocsin {

/// Names of integrations by their id, for words about filters.
using IntegrationNames = QHash<QString, QString>;

/// What fires a webhook: "Any integration turns Error or Warning", "postgresql or mysql turns Error".
QString filtersInWords(const Filters &filters, const IntegrationNames &names);
/// The host, with the port where it is not 443; words where the host is a secret.
QString hostInWords(const QString &url);
/// "Test successful · 202", "Test failed · 401", "Test failed · The name … is not known".
QString resultInWords(const InvocationSummary &summary);
/// "Active" or "Inactive".
QString activityInWords(bool active);
/// A list as a sentence has it: "a", "a or b", "a, b or c".
QString alternatives(const QStringList &items);

} // namespace Tocsin
