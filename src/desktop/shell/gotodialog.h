// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QIcon>

#include <functional>

class QLineEdit;
class QListView;
class QSortFilterProxyModel;
class QStandardItemModel;

namespace Tocsin {

/// Ctrl+K: one line that goes to any place of the window or does a command. The best match is chosen; Enter goes there.
class GoToDialog : public QDialog
{
    Q_OBJECT

public:
    struct Place
    {
        QString name;
        QString detail; ///< what it is, host, keys …; quiet, at the right
        QIcon icon;
        std::function<void()> go;
    };

    explicit GoToDialog(const QList<Place> &places, QWidget *parent = nullptr);

    /// What is offered last, whatever is typed: made of that.
    void setLast(std::function<Place(const QString &typed)> last) { m_last = std::move(last); }

    /// How well `name` matches what was typed: 0 not at all; its letters must come in order.
    static int matchQuality(const QString &name, const QString &typed);

    void accept() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search(const QString &typed);

    void append(const Place &place, int number);

    QList<Place> m_places;
    std::function<Place(const QString &typed)> m_last;
    QLineEdit *m_lineEdit;
    QListView *m_list;
    QStandardItemModel *m_model;
};

} // namespace Tocsin
