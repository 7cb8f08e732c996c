// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "payloadschema.h"

#include <QAbstractItemModel>

#include <memory>

namespace Tocsin {

/// The payload schema as a tree: Field, Type, Description, Sample.
class PayloadSchemaModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { FieldColumn, TypeColumn, DescriptionColumn, SampleColumn, ColumnCount };
    enum Role {
        PathRole = Qt::UserRole, ///< QString: as a placeholder writes it
        SearchRole ///< QString: path and description, for a filter
    };

    explicit PayloadSchemaModel(const QList<PayloadField> &fields, QObject *parent = nullptr);
    ~PayloadSchemaModel() override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node;
    const Node *nodeOf(const QModelIndex &index) const;

    std::unique_ptr<Node> m_root;
};

} // namespace Tocsin
