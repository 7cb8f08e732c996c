// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "webhookdraft.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace Tocsin {

class ValidatorRowEdit;

/// The Response Validators table, edited in place and kept in step with its draft.
class ValidatorsEdit : public QWidget
{
    Q_OBJECT

public:
    explicit ValidatorsEdit(QWidget *parent = nullptr);

    void setDraft(WebhookDraft *draft);
    QWidget *widgetOf(int row, WebhookDraft::Field field) const; ///< what adds one, where there is no such row

private:
    void reload();
    void appendRow();
    void removeRow(ValidatorRowEdit *edit);
    void showProblems();
    void renumber();

    WebhookDraft *m_draft = nullptr;
    QWidget *m_titles;
    QVBoxLayout *m_rows;
    QPushButton *m_add;
    QList<ValidatorRowEdit *> m_edits;
};

} // namespace Tocsin
