// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Tocsin {

/// What the form calls a field of the webhook document (a Problem's `field`): "URL" for `type.http_request.url`,
/// "Response Validators" for `response_validators[1].json_path`. Empty where the form has no such field.
QString fieldLabel(const QString &field);

} // namespace Tocsin
