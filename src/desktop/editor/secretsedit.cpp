// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secretsedit.h"

#include "fonts.h"
#include "metrics.h"
#include "problemlabel.h"
#include "secretedit.h"
#include "secrettext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace Tocsin {

namespace {
constexpr int secretNameShare = 2; // of the width, as in the Headers table
constexpr int secretValueShare = 3;
} // namespace

SecretsEdit::SecretsEdit(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_problems(new ProblemLabel(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Metrics::tight);
    m_layout->addWidget(m_problems);
}

SecretsEdit::Line SecretsEdit::makeLine(const SecretRow &row)
{
    Line line{.row = {}, .widget = new QWidget(this), .edit = nullptr};
    line.edit = new SecretEdit(line.widget);
    auto *name = new QLabel(line.widget);
    name->setTextFormat(Qt::PlainText);
    name->setWordWrap(true);
    name->setBuddy(line.edit->edit());
    if (row.name.isEmpty()) {
        name->setText(row.isOfTokenEndpoint ? tr("Token endpoint path") : tr("URL path"));
    } else if (row.isOfTokenEndpoint) {
        name->setText(tr("Token endpoint %1").arg(row.name));
    } else {
        name->setText(row.name);
        name->setFont(fixedFont());
    }
    line.edit->setLabel(tr("Secret %1").arg(name->text()));
    auto *layout = new QHBoxLayout(line.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::tight);
    layout->addWidget(name, secretNameShare);
    layout->addWidget(line.edit, secretValueShare);
    connect(line.edit, &SecretEdit::valueChanged, this, [this, key = row.key](const QString &value) {
        Q_EMIT typed(key, value == secretReference(key) ? QString() : value);
    });
    return line;
}

void SecretsEdit::setRows(const QList<SecretRow> &rows)
{
    QList<Line> lines;
    for (const SecretRow &row : rows) {
        const auto known = std::find_if(m_lines.begin(), m_lines.end(), [&row](const Line &line) {
            return line.row.key == row.key && line.row.name == row.name
                && line.row.isOfTokenEndpoint == row.isOfTokenEndpoint;
        });
        Line line = known == m_lines.end() ? makeLine(row) : *known;
        if (known != m_lines.end()) {
            m_lines.erase(known);
        }
        if (line.row != row) {
            const QSignalBlocker blocker(line.edit);
            line.edit->setValue(row.isAsked ? QString() : secretReference(row.key));
            if (line.edit->edit()->text() != row.typed) {
                line.edit->edit()->setText(row.typed);
            }
            line.row = row;
        }
        m_layout->insertWidget(int(lines.size()), line.widget);
        line.widget->show();
        lines.append(line);
    }
    for (const Line &gone : std::as_const(m_lines)) {
        gone.widget->hide();
        gone.widget->deleteLater();
    }
    m_lines = lines;
}

QWidget *SecretsEdit::firstMissing() const
{
    const auto missing = std::find_if(m_lines.cbegin(), m_lines.cend(),
                                      [](const Line &line) { return line.row.isAsked && line.row.typed.isEmpty(); });
    return m_lines.isEmpty() ? nullptr : (missing == m_lines.cend() ? m_lines.cbegin() : missing)->edit->edit();
}

QList<QWidget *> SecretsEdit::tabStops() const
{
    QList<QWidget *> stops;
    for (const Line &line : m_lines) {
        stops.append(line.edit->tabStops());
    }
    return stops;
}

} // namespace Tocsin

#include "moc_secretsedit.cpp"
