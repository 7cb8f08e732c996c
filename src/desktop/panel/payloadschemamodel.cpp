// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "payloadschemamodel.h"

#include "fonts.h"

#include <vector>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

struct PayloadSchemaModel::Node
{
    PayloadField field;
    Node *parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Node>> children;

    void add(const QList<PayloadField> &fields)
    {
        for (const PayloadField &child : fields) {
            auto node = std::make_unique<Node>();
            node->field = child;
            node->parent = this;
            node->row = int(children.size());
            node->add(child.children);
            children.push_back(std::move(node));
        }
    }
};

PayloadSchemaModel::PayloadSchemaModel(const QList<PayloadField> &fields, QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
    m_root->add(fields);
}

PayloadSchemaModel::~PayloadSchemaModel() = default;

QModelIndex PayloadSchemaModel::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column, nodeOf(parent)->children[std::size_t(row)].get())
                                         : QModelIndex();
}

QModelIndex PayloadSchemaModel::parent(const QModelIndex &child) const
{
    const Node *parent = child.isValid() ? nodeOf(child)->parent : nullptr;
    return !parent || parent == m_root.get() ? QModelIndex() : createIndex(parent->row, 0, parent);
}

int PayloadSchemaModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeOf(parent)->children.size());
}

int PayloadSchemaModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant PayloadSchemaModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const PayloadField &field = nodeOf(index)->field;
    switch (role) {
    case PathRole:
        return field.path;
    case SearchRole:
        return QString(field.path + u' ' + field.description);
    case Qt::FontRole:
        return index.column() == FieldColumn || index.column() == SampleColumn ? fixedFont() : QVariant();
    case Qt::ToolTipRole:
        return QString(field.path + u'\n' + field.description);
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case FieldColumn:
        return field.name;
    case TypeColumn:
        return field.type;
    case DescriptionColumn:
        return field.description;
    case SampleColumn:
        return field.sampleText();
    default:
        return {};
    }
}

QVariant PayloadSchemaModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case FieldColumn:
        return tr("Field");
    case TypeColumn:
        return tr("Type");
    case DescriptionColumn:
        return tr("Description");
    case SampleColumn:
        return tr("Sample");
    default:
        return {};
    }
}

const PayloadSchemaModel::Node *PayloadSchemaModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<const Node *>(index.constInternalPointer()) : m_root.get();
}

} // namespace Tocsin

#include "moc_payloadschemamodel.cpp"
