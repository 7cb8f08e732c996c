// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a preset leaves to its owner.
#include "blankfields.h"
#include "webhookdraft.h"

#include <algorithm>

namespace Tocsin {

bool HeaderRow::wantsValue() const
{
    return !name.isEmpty() && isLeftToFill(value);
}

std::optional<WebhookDraft::Blank> WebhookDraft::firstBlank() const
{
    if (isLeftToFill(m_fields.url)) {
        return Blank{.field = Field::Url};
    }
    const auto secrets = secretRows();
    if (std::any_of(secrets.begin(), secrets.end(),
                    [](const SecretRow &row) { return row.isAsked && row.typed.isEmpty(); })) {
        return Blank{.field = Field::Secrets};
    }
    if (m_fields.authentication == AuthenticationType::BearerToken && isLeftToFill(m_fields.bearerToken)) {
        return Blank{.field = Field::BearerToken};
    }
    const auto &headers = m_fields.headers;
    const auto header =
        std::find_if(headers.begin(), headers.end(), [](const HeaderRow &row) { return row.wantsValue(); });
    if (header != headers.end()) {
        return Blank{.field = Field::Headers, .row = int(header - headers.begin())};
    }
    return std::nullopt;
}

} // namespace Tocsin
