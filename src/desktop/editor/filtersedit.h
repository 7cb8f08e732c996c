// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mute.h"
#include "namedgroup.h"
#include "problem.h"
#include "store.h"
#include "webhook.h"

#include <memory>

namespace Ui {
class FiltersEdit;
}

namespace Tocsin {

/// The section of the three filters, with the sentence that says in words what will fire.
class FiltersEdit : public NamedGroup
{
    Q_OBJECT

public:
    explicit FiltersEdit(QWidget *parent = nullptr);
    ~FiltersEdit() override;

    void setKnown(const QList<KnownIntegration> &known);
    void setFilters(const Filters &filters); ///< without changed()
    const Filters &filters() const { return m_filters; }
    /// The rules of delivery that the sentence tells of.
    void setHolding(KeptEvents keep, std::chrono::seconds settle);
    /// Of the webhook; the sentence tells of it, too.
    void setMute(const std::optional<Mute> &mute);
    void setProblems(const Problems &problems);

Q_SIGNALS:
    void changed(const Tocsin::Filters &filters);

private:
    void note();
    void updateSentence();

    std::unique_ptr<Ui::FiltersEdit> m_ui;
    Filters m_filters;
    QList<KnownIntegration> m_known;
    QString m_holding; ///< a sentence, or empty
    std::optional<Mute> m_mute;
};

} // namespace Tocsin
