// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QWidget>

#include <memory>

namespace Ui {
class PayloadSchemaView;
}

namespace Tocsin {

/// The event's payload schema: a tree to look through and search; Enter, a double click or the button insert the
/// placeholder of a field.
class PayloadSchemaView : public QWidget
{
    Q_OBJECT

public:
    explicit PayloadSchemaView(QWidget *parent = nullptr);
    ~PayloadSchemaView() override;

    /// The path of the field that is chosen; empty if none is.
    QString currentPath() const;
    void takeFocus(); ///< to the tree

Q_SIGNALS:
    /// `path` as a placeholder writes it: `data.issues.status`.
    void insertRequested(const QString &path);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void search(const QString &words);
    void requestInsert();
    void updateDetails();

    std::unique_ptr<Ui::PayloadSchemaView> m_ui;
    QSortFilterProxyModel m_found;
};

} // namespace Tocsin
