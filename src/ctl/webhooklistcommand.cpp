// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "moment.h"
#include "mutetext.h"
#include "session.h"
#include "texttable.h"

#include <QUrl>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

Json summaryDocument(const StoredWebhook &stored, const std::optional<Mute> &mute)
{
    Json last = nullptr;
    if (stored.lastInvocation) {
        const InvocationSummary &summary = *stored.lastInvocation;
        last = Json{
            {"started_at", toJson(summary.startedAt.toUTC().toString(Qt::ISODateWithMs))},
            {"verdict", summary.verdict == Verdict::Successful ? "successful" : "failed"},
            {"reason", toJson(summary.reason)},
            {"http_status", summary.httpStatus == 0 ? Json(nullptr) : Json(summary.httpStatus)},
            {"total_ms", summary.total.count()},
        };
    }
    return Json{
        {"id", toJson(stored.webhook.id)},   {"name", toJson(stored.webhook.name)},
        {"active", stored.webhook.active},   {"method", toJson(toString(stored.webhook.method))},
        {"url", toJson(stored.webhook.url)}, {"last_invocation", std::move(last)},
        {"mute", muteDocument(mute)},
    };
}

class WebhookListCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(Tocsin::WebhookListCommand)

public:
    QString name() const override { return u"webhook list"_s; }
    QString summary() const override { return tr("print the stored webhooks with their state and last result"); }

    ExitStatus run(Session &session, const Arguments &) override
    {
        const auto webhooks = session.allWebhooks();
        const auto mutes = webhooks ? readMutes(session) : std::nullopt;
        if (!mutes) {
            return ExitStatus::WrongInput;
        }
        if (session.isJson()) {
            Json list = Json::array();
            for (const StoredWebhook &stored : *webhooks) {
                list.push_back(summaryDocument(stored, muteOf(stored, *mutes)));
            }
            session.print(list);
        } else if (!webhooks->isEmpty()) {
            session.print(table(*webhooks, *mutes));
        }
        return ExitStatus::Done;
    }

private:
    static std::optional<Mute> muteOf(const StoredWebhook &stored, const QList<Mute> &mutes)
    {
        return findMute(mutes, {.kind = MuteSubject::Kind::Webhook, .id = stored.webhook.id});
    }

    static QString status(const StoredWebhook &stored, const std::optional<Mute> &mute)
    {
        const QString word = stored.webhook.active ? tr("active") : tr("inactive");
        return mute ? tr("%1, %2", "its status, and until when it is muted").arg(word, muteInWords(*mute)) : word;
    }

    static QString lastResult(const StoredWebhook &stored)
    {
        if (!stored.lastInvocation) {
            return tr("never tested");
        }
        const InvocationSummary &last = *stored.lastInvocation;
        const QString when = shownMoment(last.startedAt);
        return (last.verdict == Verdict::Successful ? tr("successful, %1") : tr("failed, %1")).arg(when);
    }

    static QString table(const QList<StoredWebhook> &webhooks, const QList<Mute> &mutes)
    {
        QList<QStringList> rows{{tr("NAME"), tr("STATUS"), tr("METHOD"), tr("HOST"), tr("LAST RESULT")}};
        for (const StoredWebhook &stored : webhooks) {
            rows.append({onOneLine(stored.webhook.name), status(stored, muteOf(stored, mutes)),
                         toString(stored.webhook.method), onOneLine(QUrl(stored.webhook.url).host()),
                         lastResult(stored)});
        }
        return textTable(rows);
    }
};

} // namespace

std::unique_ptr<Command> makeWebhookListCommand()
{
    return std::make_unique<WebhookListCommand>();
}

} // namespace Tocsin
