// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <chrono>

namespace Tocsin {

/// How the receiver answers: as a healthy target does, or as an ill one, to see what a webhook makes of that.
struct ReceiverAnswer
{
    enum class Manner {
        AtOnce,
        Late, ///< after `pause`
        Dripping, ///< byte by byte, with `pause` between them
        Reset, ///< none: the connection is reset (RFC 9293 §3.5.2)
        CutOff ///< half of the body, then the connection ends with close_notify (RFC 8446 §6.1)
    };
    static constexpr std::chrono::milliseconds mostPause{600'000};

    int status = 200; ///< 200 to 599
    QByteArray body = R"({"ok":true})";
    QByteArray contentType = "application/json";
    Manner manner = Manner::AtOnce;
    std::chrono::milliseconds pause{1000}; ///< 0 to mostPause

    bool operator==(const ReceiverAnswer &) const = default;
};

/// What the receiver shows when a connection begins.
enum class ReceiverCertificate {
    Right,
    OtherName, ///< of the right authority, for a host that the receiver is not
    Expired, ///< since yesterday
    UnknownAuthority ///< right, but issued by another authority than the receiver says
};

} // namespace Tocsin
