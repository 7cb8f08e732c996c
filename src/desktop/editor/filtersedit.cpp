// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filtersedit.h"

#include "colorroles.h"
#include "filtersentence.h"
#include "firing.h"
#include "mutetext.h"
#include "ui_filtersedit.h"

#include <algorithm>

namespace Tocsin {

namespace {

QList<ChecklistItem> plainItems(const QStringList &values)
{
    QList<ChecklistItem> items;
    for (const QString &value : values) {
        items.append({.value = value, .label = value});
    }
    return items;
}

QStringList words(const QList<IntegrationStatus> &statuses)
{
    QStringList texts;
    for (const IntegrationStatus status : statuses) {
        texts.append(toString(status));
    }
    return texts;
}

} // namespace

FiltersEdit::FiltersEdit(QWidget *parent)
    : NamedGroup(parent)
    , m_ui(std::make_unique<Ui::FiltersEdit>())
{
    m_ui->setupUi(this);
    m_ui->statusButton->setItems(plainItems(words(allIntegrationStatuses())));
    connect(m_ui->integrationButton, &ChecklistButton::valuesChanged, this, [this](const QStringList &ids) {
        m_filters.integrations = ids;
        note();
    });
    connect(m_ui->typeButton, &ChecklistButton::valuesChanged, this, [this](const QStringList &types) {
        m_filters.types = types;
        note();
    });
    connect(m_ui->statusButton, &ChecklistButton::valuesChanged, this, [this](const QStringList &chosen) {
        m_filters.statuses.clear();
        for (const QString &word : chosen) {
            m_filters.statuses.append(*integrationStatusFromString(word));
        }
        note();
    });
    updateSentence();
}

FiltersEdit::~FiltersEdit() = default;

void FiltersEdit::setKnown(const QList<KnownIntegration> &known)
{
    m_known = known;
    QList<ChecklistItem> integrations;
    QStringList types;
    for (const KnownIntegration &one : known) {
        integrations.append({.value = one.id, .label = one.name.isEmpty() ? one.id : one.name});
        types.append(one.type);
    }
    std::sort(integrations.begin(), integrations.end(), [](const ChecklistItem &left, const ChecklistItem &right) {
        return left.label.localeAwareCompare(right.label) < 0;
    });
    types.append(webhookIntegrationType()); // there to be watched before anything has gone wrong
    types.removeAll(QString());
    types.removeDuplicates();
    types.sort(Qt::CaseInsensitive);
    m_ui->integrationButton->setItems(integrations);
    m_ui->typeButton->setItems(plainItems(types));
    updateSentence();
}

void FiltersEdit::setFilters(const Filters &filters)
{
    m_filters = filters;
    m_ui->integrationButton->setValues(filters.integrations);
    m_ui->typeButton->setValues(filters.types);
    m_ui->statusButton->setValues(words(filters.statuses));
    updateSentence();
}

void FiltersEdit::setHolding(KeptEvents keep, std::chrono::seconds settle)
{
    m_holding = holdingSentence(keep, settle);
    updateSentence();
}

void FiltersEdit::setMute(const std::optional<Mute> &mute)
{
    if (m_mute != mute) {
        m_mute = mute;
        updateSentence();
    }
}

void FiltersEdit::setProblems(const Problems &problems)
{
    m_ui->filtersProblems->setProblems(problems);
}

void FiltersEdit::note()
{
    updateSentence();
    Q_EMIT changed(m_filters);
}

void FiltersEdit::updateSentence()
{
    QString sentence = filterSentence(m_filters, m_known);
    for (const QString &further : {m_holding, m_mute ? muteSentence(*m_mute) : QString()}) {
        if (!further.isEmpty()) {
            sentence = tr("%1 %2", "two sentences").arg(sentence, further);
        }
    }
    m_ui->sentenceLabel->setText(sentence);
    setSummary(sentence);
}

} // namespace Tocsin

#include "moc_filtersedit.cpp"
