#include "widgets/attention/user_list_model.h"

#include "core/base/long_pass.h"
#include "widgets/parts/text_search.h"
#include "widgets/parts/texts.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace fovea::widgets {

namespace {

// Whom a text finds, by id or by a title in the history.
Rows found(const data::Dataset& dataset, const QString& text, const std::stop_token& stop)
{
    const TextSearch part(text);
    std::vector<char> isFound(static_cast<std::size_t>(dataset.itemCount()) + 1);
    for (const auto item : rowsOf(
             1, dataset.itemCount(), [&](auto i) { return part.isIn(dataset.item({i}).title); },
             stop))
        isFound[static_cast<std::size_t>(item)] = 1;
    const auto isWanted = [&](std::int32_t user) {
        const auto items = dataset.itemsOf({user});
        return part.isIn(dataset.userId({user}))
            || std::any_of(items.begin(), items.end(), [&](auto item) {
                   return isFound[static_cast<std::size_t>(item)] != 0;
               });
    };
    return rowsOf(0, dataset.userCount(), isWanted, stop);
}

Rows all(const data::Dataset& dataset)
{
    Rows users(static_cast<std::size_t>(dataset.userCount()));
    std::iota(users.begin(), users.end(), 0);
    return users;
}

// By user: which row shows it, -1 = none.
Rows placesOf(const Rows& users, std::int32_t count)
{
    Rows rows(static_cast<std::size_t>(count), -1);
    for (std::size_t row = 0; row < users.size(); ++row)
        rows[static_cast<std::size_t>(users[row])] = static_cast<std::int32_t>(row);
    return rows;
}

// Those of `order` that are among `wanted`.
Rows among(const Rows& order, const Rows& wanted, std::int32_t count)
{
    const auto rows = placesOf(wanted, count);
    Rows users;
    std::copy_if(order.begin(), order.end(), std::back_inserter(users), [&](auto user) {
        return rows[static_cast<std::size_t>(user)] >= 0;
    });
    return users;
}

} // namespace

UserListModel::UserListModel(QObject* parent)
    : QAbstractListModel(parent)
    , m_work(this)
{ }

void UserListModel::setDataset(std::shared_ptr<const data::Dataset> dataset)
{
    m_work.cancel();
    beginResetModel();
    m_shown.reset();
    m_dataset = std::move(dataset);
    m_order = Order::File;
    m_text.clear();
    endResetModel();
    Q_EMIT arranged();
}

void UserListModel::showAll()
{
    m_text.clear();
    sortAsInFile();
}

void UserListModel::search(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    arrange();
}

void UserListModel::sortAsInFile()
{
    m_order = Order::File;
    arrange();
}

void UserListModel::sortByLength()
{
    m_order = Order::Length;
    arrange();
}

void UserListModel::setOrder(std::shared_ptr<const Rows> users)
{
    m_order = Order::Given;
    m_given = std::move(users);
    m_text.clear();
    arrange();
}

void UserListModel::arrange()
{
    if (!m_dataset || (m_order == Order::File && m_text.isEmpty())) {
        m_work.cancel();
        show(nullptr);
        return;
    }
    const auto work = [dataset = m_dataset, order = m_order, given = m_given, text = m_text](
                          const std::stop_token& stop) -> Result<std::shared_ptr<const Shown>> {
        const base::LongPass pass("a list of users", dataset->eventCount());
        auto users = text.isEmpty() ? all(*dataset) : found(*dataset, text, stop);
        if (order == Order::Length)
            sortStably(
                users,
                [&](auto a, auto b) {
                    return dataset->itemsOf({a}).size() > dataset->itemsOf({b}).size();
                },
                stop);
        if (order == Order::Given)
            users = text.isEmpty() ? *given : among(*given, users, dataset->userCount());
        auto rows = placesOf(users, dataset->userCount());
        return std::make_shared<const Shown>(Shown{std::move(users), std::move(rows)});
    };
    Q_EMIT arranging();
    m_work.start(work, [this](const Result<std::shared_ptr<const Shown>>& shown) {
        if (shown) // memory may be short
            show(*shown);
        else
            Q_EMIT arranged();
    });
}

void UserListModel::show(std::shared_ptr<const Shown> shown)
{
    beginResetModel();
    m_shown = std::move(shown);
    endResetModel();
    Q_EMIT arranged();
}

UserIndex UserListModel::userAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return {-1};
    return {m_shown ? m_shown->users[static_cast<std::size_t>(row)] : row};
}

int UserListModel::rowOf(UserIndex user) const
{
    if (!m_dataset || user.value < 0 || user.value >= m_dataset->userCount())
        return -1;
    return m_shown ? m_shown->rows[static_cast<std::size_t>(user.value)] : user.value;
}

int UserListModel::rowCount(const QModelIndex& parent) const
{
    if (parent.isValid() || !m_dataset)
        return 0;
    return m_shown ? static_cast<int>(m_shown->users.size()) : m_dataset->userCount();
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
