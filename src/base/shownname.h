// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

namespace Tocsin {

// How a message quotes what was typed where a name belongs: it may be a secret, pasted into the wrong field. Whole is
// only what looks like a name, short words of letters with a number behind them at most; of the rest how it begins,
// “Auth…”, four characters at most and never more than a quarter.

/// A name of words apart by `-`, `_` and `.`, up to 40 characters.
QString shownName(QStringView typed);

/// A path of names (`data.issues.[0].message`, `../name`, `type.http_request.headers.X-Key`), up to the first that does
/// not look like one.
QString shownPath(QStringView typed);

} // namespace Tocsin
