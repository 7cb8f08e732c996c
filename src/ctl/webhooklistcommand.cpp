// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "session.h"
#include "texttable.h"

#include <QUrl>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

namespace {

Json summaryDocument(const StoredWebhook &stored)
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
        if (!webhooks) {
            return ExitStatus::WrongInput;
        }
        if (session.isJson()) {
            Json list = Json::array();
            for (const StoredWebhook &stored : *webhooks) {
                list.push_back(summaryDocument(stored));
            }
            session.print(list);
        } else if (!webhooks->isEmpty()) {
            session.print(table(*webhooks));
        }
        return ExitStatus::Done;
    }

private:
    static QString lastResult(const StoredWebhook &stored)
    {
        if (!stored.lastInvocation) {
            return tr("never tested");
        }
        const InvocationSummary &last = *stored.lastInvocation;
        const QString when = last.startedAt.toLocalTime().toString("yyyy-MM-dd HH:mm:ss"_L1);
        return (last.verdict == Verdict::Successful ? tr("successful, %1") : tr("failed, %1")).arg(when);
    }

    static QString table(const QList<StoredWebhook> &webhooks)
    {
        QList<QStringList> rows{{tr("NAME"), tr("STATUS"), tr("METHOD"), tr("HOST"), tr("LAST RESULT")}};
        for (const StoredWebhook &stored : webhooks) {
            rows.append({onOneLine(stored.webhook.name), stored.webhook.active ? tr("active") : tr("inactive"),
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
