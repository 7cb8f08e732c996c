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

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

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
        {"answered_with", request.answeredWith},
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
        const auto listening = receiver.listen(endpoint->address, endpoint->port);
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
        receiver.setAnswer(status, answer);
        return true;
    }

    static bool announce(Session &session, const Receiver &receiver, const QString &caFile)
    {
        if (!caFile.isEmpty()) {
            QSaveFile file(caFile);
            file.setDirectWriteFallback(true);
            if (!file.open(QIODevice::WriteOnly) || file.write(receiver.certificateAuthority()) < 0 || !file.commit()) {
                session.complain(
                    {.message = tr("The certificate authority cannot be written: %1.").arg(file.errorString()),
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

    static void show(Session &session, const ReceivedRequest &request)
    {
        if (session.isJson()) {
            session.print(requestDocument(request), JsonFormat::Compact);
            return;
        }
        QString text = u'\n'
            + tr("%1 %2 %3 from %4, answered with %5")
                  .arg(request.at.toLocalTime().toString("HH:mm:ss.zzz"_L1), request.method, onOneLine(request.target),
                       request.peer, QString::number(request.answeredWith))
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
};

} // namespace

std::unique_ptr<Command> makeReceiverCommand()
{
    return std::make_unique<ReceiverCommand>();
}

} // namespace Tocsin
