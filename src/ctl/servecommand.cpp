// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "command.h"
#include "endpoint.h"
#include "inputfile.h"
#include "service.h"
#include "session.h"

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int longestLease = 10; // seconds
constexpr int daysKept = static_cast<int>(Retention::usual().maximumAge / std::chrono::days(1));
constexpr int mebibytesKept = static_cast<int>(Retention::usual().maximumBytes / mebibyte);

class ServeCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::ServeCommand)

public:
    QString name() const override { return u"serve"_s; }
    QString summary() const override { return tr("deliver, and accept events over HTTP, until stopped"); }
    QList<CommandOption> options() const override
    {
        return {
            {u"listen"_s, u"ADDRESS:PORT"_s,
             tr("accept events there, from whoever has the secret %1").arg(ingestTokenKey)},
            {u"certificate"_s, u"FILE"_s, tr("speak TLS with this certificate (PEM, with its chain)")},
            {u"key"_s, u"FILE"_s, tr("the certificate's key (PEM)")},
            {u"lease"_s, u"SECONDS"_s,
             tr("how long deliveries wait that a killed process was sending (1 to %1, else %1)").arg(longestLease)},
            {u"keep"_s, u"DAYS"_s,
             tr("how long finished deliveries, dead ones among them, can be looked at and replayed (else %1)")
                 .arg(daysKept)},
            {u"keep-size"_s, u"MIB"_s,
             tr("how large what was delivered may grow before the oldest of it is forgotten sooner; what waits, and "
                "what "
                "is dead, does not count and stays (else %1)")
                 .arg(mebibytesKept)},
        };
    }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        const auto lease = number(session, arguments, u"lease"_s, longestLease, longestLease);
        const auto keep = number(session, arguments, u"keep"_s, daysKept, 36'500);
        const auto size = number(session, arguments, u"keep-size"_s, mebibytesKept, 1024 * 1024);
        if (!lease || !keep || !size || !makesSense(session, arguments) || !session.openOutbox()) {
            return ExitStatus::WrongInput;
        }
        DelivererOptions options;
        options.lease = std::chrono::seconds(*lease);
        Service service(session, options,
                        {.maximumAge = std::chrono::hours(24) * *keep, .maximumBytes = *size * mebibyte});
        if (arguments.has(u"listen"_s)) {
            const auto ingest = ingestOptions(session, arguments);
            if (!ingest || !service.listen(*ingest)) {
                return ExitStatus::WrongInput;
            }
        }
        return service.run();
    }

private:
    static bool makesSense(Session &session, const Arguments &arguments)
    {
        const bool isSecure = arguments.has(u"certificate"_s);
        if (isSecure != arguments.has(u"key"_s)) {
            session.complain(tr("tocsinctl: --certificate and --key go together."));
            return false;
        }
        if (isSecure && !arguments.has(u"listen"_s)) {
            session.complain(tr("tocsinctl: --certificate and --key need --listen."));
            return false;
        }
        return true;
    }

    static bool readPem(Session &session, const QString &path, QByteArray &text)
    {
        const auto read = readInput(path);
        if (!read) {
            session.complain(read.error());
            return false;
        }
        if (!read->contains("-----BEGIN ")) {
            session.complain({.message = tr("This is no PEM: it has no BEGIN line."), .where = path, .position = {}});
            return false;
        }
        text = *read;
        return true;
    }

    static std::optional<IngestOptions> ingestOptions(Session &session, const Arguments &arguments)
    {
        const auto endpoint = parseEndpoint(arguments.value(u"listen"_s));
        if (!endpoint) {
            session.complain(tr("tocsinctl: --listen takes an address and a port, as in 127.0.0.1:8443."));
            return std::nullopt;
        }
        IngestOptions options{.address = endpoint->address, .port = endpoint->port};
        for (const auto &[option, text] :
             {std::pair(u"certificate"_s, &options.certificate), std::pair(u"key"_s, &options.key)}) {
            if (arguments.has(option) && !readPem(session, arguments.value(option), *text)) {
                return std::nullopt;
            }
        }
        const auto token = awaitSignal(session.engine().secrets().read(ingestTokenKey), &SecretJob::finished);
        if (!token.isOk()) {
            session.complain(token.error->kind == SecretError::Kind::NotFound
                                 ? tr("tocsinctl: There is no secret named %1; store it with: tocsinctl secret set %1")
                                       .arg(ingestTokenKey)
                                 : u"tocsinctl: "_s + token.error->message.text());
            return std::nullopt;
        }
        options.token = token.value.toUtf8();
        return options;
    }

    static std::optional<int> number(Session &session, const Arguments &arguments, const QString &option,
                                     int unlessTold, int largest)
    {
        if (!arguments.has(option)) {
            return unlessTold;
        }
        bool isNumber = false;
        const int value = arguments.value(option).toInt(&isNumber);
        if (!isNumber || value < 1 || value > largest) {
            session.complain(tr("tocsinctl: --%1 takes a number from 1 to %2.").arg(option, QString::number(largest)));
            return std::nullopt;
        }
        return value;
    }
};

} // namespace

std::unique_ptr<Command> makeServeCommand()
{
    return std::make_unique<ServeCommand>();
}

} // namespace Tocsin
