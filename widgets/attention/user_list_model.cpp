#include "widgets/attention/user_list_model.h"

#include "widgets/parts/text_search.h"
#include "widgets/parts/texts.h"

#include <algorithm>
#include <numeric>

namespace fovea::widgets {

void UserListModel::setDataset(std::shared_ptr<const data::Dataset> dataset)
{
    m_dataset = std::move(dataset);
    search({});
}

void UserListModel::search(const QString& text)
{
    beginResetModel();
    m_users.clear();
    const auto count = m_dataset ? m_dataset->userCount() : 0;
    if (text.isEmpty()) {
        m_users.resize(static_cast<std::size_t>(count));
        std::iota(m_users.begin(), m_users.end(), 0);
    } else {
        const TextSearch part(text);
        std::vector<char> isFound(static_cast<std::size_t>(m_dataset->itemCount()) + 1);
        for (std::int32_t i = 1; i <= m_dataset->itemCount(); ++i)
            isFound[static_cast<std::size_t>(i)] = part.isIn(m_dataset->item({i}).title);
        for (std::int32_t u = 0; u < count; ++u) {
            const auto items = m_dataset->itemsOf({u});
            const bool inHistory = std::any_of(items.begin(), items.end(), [&](auto item) {
                return isFound[static_cast<std::size_t>(item)] != 0;
            });
            if (inHistory || part.isIn(m_dataset->userId({u})))
                m_users.push_back(u);
        }
    }
    endResetModel();
}

void UserListModel::sortByLength()
{
    beginResetModel();
    std::stable_sort(m_users.begin(), m_users.end(), [&](auto a, auto b) {
        return m_dataset->itemsOf({a}).size() > m_dataset->itemsOf({b}).size();
    });
    endResetModel();
}

void UserListModel::setOrder(const std::vector<UserIndex>& users)
{
    beginResetModel();
    m_users.clear();
    for (const auto user : users)
        m_users.push_back(user.value);
    endResetModel();
}

UserIndex UserListModel::userAt(int row) const
{
    return row >= 0 && row < rowCount() ? UserIndex{m_users[static_cast<std::size_t>(row)]}
                                        : UserIndex{-1};
}

int UserListModel::rowOf(UserIndex user) const
{
    const auto found = std::find(m_users.begin(), m_users.end(), user.value);
    return found == m_users.end() ? -1 : static_cast<int>(found - m_users.begin());
}

int UserListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_users.size());
}

QVariant UserListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto user = userAt(index.row());
    if (role == kUserRole)
        return user.value;
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const auto id = text(m_dataset->userId(user));
    const auto events = m_dataset->itemsOf(user).size();
    const auto text = events == 1
        ? tr("%1  (1 event)").arg(id)
        : tr("%1  (%2 events)").arg(id, number(static_cast<std::int64_t>(events)));
    return role == Qt::ToolTipRole ? plainToolTip(text) : text;
}

} // namespace fovea::widgets
