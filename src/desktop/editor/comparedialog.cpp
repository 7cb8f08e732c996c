// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparedialog.h"

#include "fonts.h"
#include "metrics.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QTableWidget>
#include <QVBoxLayout>

namespace Tocsin {

namespace {
constexpr QSize usualSize{860, 480};
enum Column { Field, Elsewhere, Here, ColumnCount };
} // namespace

CompareDialog::CompareDialog(const QList<FieldDifference> &differences, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Changed elsewhere"));
    auto *words = new QLabel(differences.isEmpty() ? tr("What is stored and what stands here are the same.")
                                                   : tr("What is stored and what stands here differ in:"),
                             this);
    words->setWordWrap(true);
    auto *table = new QTableWidget(static_cast<int>(differences.size()), ColumnCount, this);
    table->setAccessibleName(tr("Differences"));
    table->setHorizontalHeaderLabels({tr("Field"), tr("Elsewhere"), tr("Here")});
    table->verticalHeader()->hide();
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table->horizontalHeader()->setSectionResizeMode(Field, QHeaderView::ResizeToContents);
    table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    for (int row = 0; row < table->rowCount(); ++row) {
        const FieldDifference &difference = differences.at(row);
        table->setItem(row, Field, new QTableWidgetItem(difference.field));
        for (const auto &[column, text] :
             {std::pair(Elsewhere, difference.elsewhere), std::pair(Here, difference.here)}) {
            auto *item = new QTableWidgetItem(text.isEmpty() ? tr("(nothing)") : text);
            item->setFont(text.isEmpty() ? font() : fixedFont());
            item->setTextAlignment(Qt::AlignLeft | Qt::AlignTop);
            table->setItem(row, column, item);
        }
    }
    table->setHidden(differences.isEmpty());

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *reload = buttons->addButton(tr("Re&load"), QDialogButtonBox::ActionRole);
    auto *keep = buttons->addButton(tr("&Keep Mine"), QDialogButtonBox::ActionRole);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    for (QPushButton *button : {reload, keep}) {
        button->setAutoDefault(false);
    }
    connect(reload, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT reloadRequested();
    });
    connect(keep, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT keepRequested();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::large, Metrics::large, Metrics::large, Metrics::large);
    layout->setSpacing(Metrics::medium);
    layout->addWidget(words);
    layout->addWidget(table, 1);
    layout->addWidget(buttons);
    resize(usualSize.boundedTo(screen()->availableSize() - Metrics::roomForFrame));
}

} // namespace Tocsin

#include "moc_comparedialog.cpp"
