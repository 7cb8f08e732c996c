// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "endpoint.h"
#include "inputfile.h"
#include "receiver.h"
#include "session.h"
#include "stopsignal.h"

#include <QEventLoop>
#include <QSaveFile>
#include <QUrl>

#include <algorithm>
#include <optional>
#include <utility>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

using Manner = ReceiverAnswer::Manner;

const QList<std::pair<QString, Manner>> manners{{u"at-once"_s, Manner::AtOnce},
                                                {u"late"_s, Manner::Late},
                                                {u"drip"_s, Manner::Dripping},
                                                {u"reset"_s, Manner::Reset},
                                                {u"cut-off"_s, Manner::CutOff}};

const QList<std::pair<QString, ReceiverCertificate>> certificates{
    {u"right"_s, ReceiverCertificate::Right},
    {u"other-name"_s, ReceiverCertificate::OtherName},
    {u"expired"_s, ReceiverCertificate::Expired},
    {u"unknown-authority"_s, ReceiverCertificate::UnknownAuthority}};

QString nameOf(Manner manner)
{
    const auto found =
        std::find_if(manners.begin(), manners.end(), [manner](const auto &one) { return one.second == manner; });
    return found->first;
}

Json requestDocument(const ReceivedRequest &request)
{
    Json headers = Json::array();
    for (const Header &header : request.headers) {
        headers.push_back(Json::array({toJson(header.name), toJson(header.value)}));
    }
    return Json{
        {"at", toJson(request.at.toUTC().toString(Qt::ISODateWithMs))},
        {"method", toJson(request.method)},
        {"target", toJson(request.target)},
        {"peer", toJson(request.peer)},
        {"headers", std::move(headers)},
        {"body", request.body.toStdString()},
        {"answered_with", request.answeredWith == 0 ? Json(nullptr) : Json(request.answeredWith)},
        {"manner", toJson(nameOf(request.manner))},
    };
}

class ReceiverCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::ReceiverCommand)

public:
    QString name() const override { return u"receiver"_s; }
    QString summary() const override { return tr("run a local HTTPS target that shows what arrives, until stopped"); }
    QList<CommandOption> options() const override
    {
        return {
            {u"listen"_s, u"ADDRESS:PORT"_s, tr("where (else a free port of 127.0.0.1)")},
            {u"ca"_s, u"FILE"_s, tr("write the throw-away certificate authority there (else it is printed)")},
            {u"status"_s, u"NUMBER"_s, tr("the HTTP status to answer with (else 200)")},
            {u"answer"_s, u"JSON|@FILE"_s, tr("the JSON to answer with")},
            {u"manner"_s, u"MANNER"_s,
             tr("how it answers: at-once (else), late, drip (byte by byte), reset (no answer), cut-off (half of it)")},
            {u"pause"_s, u"SECONDS"_s, tr("how late, or between two bytes, in whole seconds (else 1)")},
            {u"certificate"_s, u"KIND"_s, tr("what it shows: right (else), other-name, expired, unknown-authority")},
            {u"count"_s, u"NUMBER"_s, tr("end after so many requests")},
        };
    }

    ExitStatus run(Session &session, const Arguments &arguments) override
    {
        Receiver receiver;
        if (!configure(session, arguments, receiver)) {
            return ExitStatus::WrongInput;
        }
        const auto endpoint = parseEndpoint(arguments.options.value(u"listen"_s, u"127.0.0.1:0"_s));
        if (!endpoint) {
            session.complain(tr("tocsinctl: --listen takes an address and a port, as in 127.0.0.1:8443."));
            return ExitStatus::WrongInput;
        }
        const auto listening = receiver.listen(endpoint->address, endpoint->port, nullptr, m_certificate);
        if (!listening) {
            session.complain(listening.error());
            return ExitStatus::WrongInput;
        }
        if (!announce(session, receiver, arguments.value(u"ca"_s))) {
            return ExitStatus::WrongInput;
        }
        StopSignal stop;
        QEventLoop loop;
        QObject::connect(&stop, &StopSignal::raised, &loop, &QEventLoop::quit);
        int left = m_count;
        QObject::connect(&receiver, &Receiver::received, &loop, [&](const ReceivedRequest &request) {
            show(session, request);
            if ((m_count > 0 && --left == 0) || !session.isOutputWhole()) {
                loop.quit();
            }
        });
        loop.exec();
        return ExitStatus::Done;
    }

private:
    bool configure(Session &session, const Arguments &arguments, Receiver &receiver)
    {
        bool isNumber = true;
        m_count = arguments.has(u"count"_s) ? arguments.value(u"count"_s).toInt(&isNumber) : 0;
        if (arguments.has(u"count"_s) && (!isNumber || m_count < 1)) {
            session.complain(tr("tocsinctl: --count takes a number from 1."));
            return false;
        }
        const int status = arguments.has(u"status"_s) ? arguments.value(u"status"_s).toInt(&isNumber) : 200;
        if (!isNumber || status < 200 || status > 599) {
            session.complain(tr("tocsinctl: --status takes a number from 200 to 599."));
            return false;
        }
        QByteArray answer = R"({"ok":true})"_ba;
        if (arguments.has(u"answer"_s)) {
            const QString text = arguments.value(u"answer"_s);
            if (text.startsWith(u'@')) {
                const auto input = readJson(session, text.sliced(1));
                if (!input) {
                    return false;
                }
                answer = input->text;
            } else {
                answer = text.toUtf8();
                const auto json = parseJson(answer);
                if (!json) {
                    session.complain(tr("tocsinctl: --answer takes JSON: %1").arg(json.error().message));
                    return false;
                }
            }
        }
        const auto manner = choice(session, arguments, u"manner"_s, manners, ReceiverAnswer::Manner::AtOnce);
        const auto certificate = choice(session, arguments, u"certificate"_s, certificates, ReceiverCertificate::Right);
        if (!manner || !certificate) {
            return false;
        }
        const auto mostPause = ReceiverAnswer::mostPause.count() / 1000;
        const int pause = arguments.has(u"pause"_s) ? arguments.value(u"pause"_s).toInt(&isNumber) : 1;
        if (!isNumber || pause < 0 || pause > mostPause) {
            session.complain(tr("tocsinctl: --pause takes a number from 0 to %1.").arg(mostPause));
            return false;
        }
        m_certificate = *certificate;
        receiver.setAnswer({.status = status, .body = answer, .manner = *manner, .pause = std::chrono::seconds(pause)});
        return true;
    }

    template <typename Value>
    static std::optional<Value> choice(Session &session, const Arguments &arguments, const QString &option,
                                       const QList<std::pair<QString, Value>> &values, Value usual)
    {
        if (!arguments.has(option)) {
            return usual;
        }
        QStringList names;
        for (const auto &[name, value] : values) {
            if (name == arguments.value(option)) {
                return value;
            }
            names.append(name);
        }
        session.complain(tr("tocsinctl: --%1 takes one of %2.").arg(option, names.join(u", "_s)));
        return std::nullopt;
    }

    static bool announce(Session &session, const Receiver &receiver, const QString &caFile)
    {
        if (!caFile.isEmpty()) {
            QSaveFile file(caFile);
            file.setDirectWriteFallback(true);
            if (!file.open(QIODevice::WriteOnly) || file.write(receiver.certificateAuthority()) < 0 || !file.commit()) {
                session.complain(
                    {.message =
                         tr("The certificate authority cannot be written: %1.").arg(withoutStop(file.errorString())),
                     .where = caFile,
                     .position = {}});
                return false;
            }
        }
        if (session.isJson()) {
            session.print(Json{{"url", toJson(receiver.url().toString())},
                               {"certificate_authority", receiver.certificateAuthority().toStdString()}},
                          JsonFormat::Compact);
            return true;
        }
        session.print(tr("Listening on %1").arg(receiver.url().toString()));
        session.print(caFile.isEmpty() ? QString::fromLatin1(receiver.certificateAuthority())
                                       : tr("Its certificate authority is in %1").arg(caFile));
        return true;
    }

    static QString ending(const ReceivedRequest &request)
    {
        switch (request.manner) {
        case Manner::Reset:
            return tr("whose connection was reset");
        case Manner::CutOff:
            return tr("answered with %1, cut off").arg(request.answeredWith);
        case Manner::AtOnce:
        case Manner::Late:
        case Manner::Dripping:
            break;
        }
        return tr("answered with %1").arg(request.answeredWith);
    }

    static void show(Session &session, const ReceivedRequest &request)
    {
        if (session.isJson()) {
            session.print(requestDocument(request), JsonFormat::Compact);
            return;
        }
        QString text = u'\n'
            + tr("%1 %2 %3 from %4, %5")
                  .arg(request.at.toLocalTime().toString("HH:mm:ss.zzz"_L1), request.method, onOneLine(request.target),
                       request.peer, ending(request))
            + u'\n';
        for (const Header &header : request.headers) {
            text += "  "_L1 + onOneLine(header.name + ": "_L1 + header.value) + u'\n';
        }
        const auto json = parseJson(request.body);
        const QString body =
            json ? QString::fromStdString(writeJson(*json, JsonFormat::Indented)) : QString::fromUtf8(request.body);
        if (!body.isEmpty()) {
            text += u'\n' + forTerminal(body) + u'\n';
        }
        session.print(text);
    }

    int m_count = 0;
    ReceiverCertificate m_certificate = ReceiverCertificate::Right;
};

} // namespace

std::unique_ptr<Command> makeReceiverCommand()
{
    return std::make_unique<ReceiverCommand>();
}

} // namespace Tocsin
