// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helpdialog.h"

#include "actionregistry.h"
#include "metrics.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QScreen>
#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

namespace {

constexpr QSize usualSize{640, 640};

} // namespace

HelpDialog::HelpDialog(const QList<QAction *> &actions, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Help"));
    const std::initializer_list<std::pair<QString, QString>> concepts{
        {tr("Webhook"),
         tr("A saved request: method, URL, headers and a body template, and the integrations whose changes send it.")},
        {tr("Body Template"),
         tr("JSON with placeholders such as {{data.name}}; View event's payload schema lists every one. What does not "
            "render to JSON is never sent.")},
        {tr("Filters"),
         tr("Values within one filter are alternatives, all three filters must match, and an empty one matches all; an "
            "empty Status means Warning and Error.")},
        {tr("Response Validators"),
         tr("A JSONPath into the response, such as $.data.ok, and the values accepted there. All of them must pass.")},
        {tr("Test"),
         tr("Sends the form as it stands once, with sample data, exactly as a delivery would, and shows everything "
            "that went out and came back.")},
        {tr("Secrets"),
         tr("Locked values are kept in the system's keychain only. The webhook holds a reference such as "
            "${secret:name} in their place.")},
        {tr("Local Receiver"),
         tr("A small HTTPS target on this machine that shows what arrives: a place to try a "
            "webhook before it meets the real one.")},
    };
    const QString table = u"<h3>%1</h3><table cellspacing='0' width='100%'>"_s;
    QString html = u"<style>td { padding: 4px 12px 4px 0; }</style>"_s + table.arg(tr("Concepts").toHtmlEscaped());
    for (const auto &[word, meaning] : concepts) {
        html +=
            u"<tr><td width='28%'><b>%1</b></td><td>%2</td></tr>"_s.arg(word.toHtmlEscaped(), meaning.toHtmlEscaped());
    }
    html += u"</table>"_s + table.arg(tr("Keys").toHtmlEscaped());
    for (const auto *action : actions) {
        if (!action->shortcut().isEmpty()) {
            html += u"<tr><td width='28%'><tt>%1</tt></td><td>%2</td></tr>"_s.arg(
                action->shortcut().toString(QKeySequence::NativeText).toHtmlEscaped(),
                ActionRegistry::plainText(*action).toHtmlEscaped());
        }
    }
    html += u"</table>"_s;

    auto *browser = new QTextBrowser(this);
    browser->setAccessibleName(tr("Help"));
    browser->setFrameShape(QFrame::NoFrame);
    browser->setHtml(html);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::large, Metrics::large, Metrics::large, Metrics::large);
    layout->setSpacing(Metrics::medium);
    layout->addWidget(browser);
    layout->addWidget(buttons);
    resize(usualSize.boundedTo(screen()->availableSize() - Metrics::roomForFrame));
}

} // namespace Tocsin

#include "moc_helpdialog.cpp"
