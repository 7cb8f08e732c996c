// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "payloadschemaview.h"

#include "icons.h"
#include "metrics.h"
#include "payloadschemamodel.h"
#include "rowselection.h"
#include "ui_payloadschemaview.h"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>

namespace Tocsin {

PayloadSchemaView::PayloadSchemaView(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::PayloadSchemaView>())
{
    m_ui->setupUi(this);
    m_found.setSourceModel(new PayloadSchemaModel(PayloadSchema::instance().fields(), this));
    m_found.setFilterRole(PayloadSchemaModel::SearchRole);
    m_found.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_found.setRecursiveFilteringEnabled(true);
    m_found.setAutoAcceptChildRows(true);
    m_ui->searchLineEdit->addAction(icon(Symbol::Search), QLineEdit::LeadingPosition)
        ->setText(m_ui->searchLineEdit->accessibleName());
    m_ui->insertButton->setIcon(icon(Symbol::Insert));
    m_ui->schemaTreeView->setModel(&m_found);
    m_ui->schemaTreeView->setSelectionModel(new RowSelection(&m_found, this));
    followSelection(m_ui->schemaTreeView);
    m_ui->schemaTreeView->header()->setSectionResizeMode(QHeaderView::Interactive);
    m_ui->schemaTreeView->header()->setMinimumSectionSize(Metrics::huge); // not the font's widest character
    m_ui->schemaTreeView->expandAll();
    for (const int column : {PayloadSchemaModel::FieldColumn, PayloadSchemaModel::TypeColumn}) {
        m_ui->schemaTreeView->resizeColumnToContents(column);
    }
    // The description takes what is left over; all of it stands below.
    m_ui->schemaTreeView->setColumnWidth(PayloadSchemaModel::SampleColumn, fontMetrics().averageCharWidth() * 14);
    m_ui->schemaTreeView->header()->moveSection(PayloadSchemaModel::SampleColumn,
                                                PayloadSchemaModel::DescriptionColumn);
    m_ui->schemaTreeView->setCurrentIndex(m_found.index(0, 0));
    m_ui->schemaTreeView->installEventFilter(this);
    m_ui->searchLineEdit->installEventFilter(this);

    connect(m_ui->searchLineEdit, &QLineEdit::textChanged, this, &PayloadSchemaView::search);
    connect(m_ui->searchLineEdit, &QLineEdit::returnPressed, this, &PayloadSchemaView::requestInsert);
    connect(m_ui->insertButton, &QPushButton::clicked, this, &PayloadSchemaView::requestInsert);
    connect(m_ui->schemaTreeView, &QTreeView::doubleClicked, this, &PayloadSchemaView::requestInsert);
    connect(m_ui->schemaTreeView->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &PayloadSchemaView::updateDetails);
    updateDetails();
}

PayloadSchemaView::~PayloadSchemaView() = default;

void PayloadSchemaView::takeFocus()
{
    m_ui->schemaTreeView->setFocus(Qt::OtherFocusReason);
}

QString PayloadSchemaView::currentPath() const
{
    return m_ui->schemaTreeView->currentIndex().data(PayloadSchemaModel::PathRole).toString();
}

bool PayloadSchemaView::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *press = static_cast<QKeyEvent *>(event);
        const int key = press->key();
        if (object == m_ui->schemaTreeView && press->matches(QKeySequence::Find)) {
            m_ui->searchLineEdit->setFocus(Qt::ShortcutFocusReason);
            return true;
        }
        if (object == m_ui->schemaTreeView && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
            requestInsert();
            return true;
        }
        if (object == m_ui->searchLineEdit && key == Qt::Key_Down) {
            m_ui->schemaTreeView->setFocus();
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

void PayloadSchemaView::search(const QString &words)
{
    m_found.setFilterFixedString(words.trimmed());
    m_ui->schemaTreeView->expandAll();
    m_ui->nothingLabel->setVisible(m_found.rowCount() == 0);
    m_ui->schemaTreeView->setVisible(m_found.rowCount() > 0);
    const QModelIndexList hits = words.trimmed().isEmpty() || m_found.rowCount() == 0
        ? QModelIndexList()
        : m_found.match(m_found.index(0, 0), PayloadSchemaModel::SearchRole, words.trimmed(), 1,
                        Qt::MatchContains | Qt::MatchRecursive);
    m_ui->schemaTreeView->setCurrentIndex(hits.isEmpty() ? m_found.index(0, 0) : hits.first());
    updateDetails();
}

void PayloadSchemaView::requestInsert()
{
    const QString path = currentPath();
    if (!path.isEmpty()) {
        Q_EMIT insertRequested(path);
    }
}

void PayloadSchemaView::updateDetails()
{
    const QModelIndex row = m_ui->schemaTreeView->currentIndex().siblingAtColumn(PayloadSchemaModel::DescriptionColumn);
    m_ui->descriptionLabel->setText(row.data().toString());
    m_ui->insertButton->setEnabled(row.isValid());
    m_ui->insertButton->setText(row.isValid() ? tr("Insert {{%1}}").arg(currentPath()) : tr("Insert"));
}

} // namespace Tocsin

#include "moc_payloadschemaview.cpp"
