#include "widgets/attention/map_source.h"

#include "widgets/parts/ask.h"
#include "widgets/parts/texts.h"

#include <QEvent>
#include <QWidget>

#include <algorithm>

namespace fovea::widgets {

namespace {

constexpr int kLateMs = 250;

}

MapSource::MapSource(train::ModelDesk& desk, QObject* parent)
    : QObject(parent)
    , m_desk(desk)
{
    m_late.setSingleShot(true);
    m_late.setInterval(kLateMs);
    connect(&m_late, &QTimer::timeout, this, &MapSource::dropOther);
}

void MapSource::setDataset(std::shared_ptr<const data::Dataset> dataset)
{
    ++m_generation;
    m_dataset = std::move(dataset);
    m_user = {-1};
    m_shown = {};
    Q_EMIT mapChanged();
}

void MapSource::setModelAtHand(bool there)
{
    ++m_generation;
    m_hasModel = there;
    m_lacksAttention = false;
    m_shown = {};
    Q_EMIT mapChanged();
    refresh();
}

void MapSource::setUser(UserIndex user)
{
    if (user == m_user)
        return;
    m_user = user;
    m_late.start();
    refresh();
}

// The map of somebody else would be taken for the one that was picked.
void MapSource::dropOther()
{
    if (!m_shown.map || m_shown.user == userName())
        return;
    m_shown = {};
    Q_EMIT mapChanged();
}

bool MapSource::isAwaited() const
{
    return m_hasModel && !m_lacksAttention && m_user.value >= 0 && !m_shown.map;
}

QString MapSource::userName() const
{
    return m_user.value < 0 ? QString() : text(m_dataset->userId(m_user));
}

void MapSource::setHead(explain::HeadChoice head)
{
    m_head = head;
    m_isHeadChosen = true;
    Q_EMIT headChanged();
}

void MapSource::setLook(render::Look look)
{
    if (look == m_look)
        return;
    m_look = look;
    Q_EMIT lookChanged();
}

QString MapSource::title() const
{
    if (!m_shown.map)
        return {};
    auto text = tr("User %1, layer %2, %3; after step %4") // an id may hold a %, too
                    .arg(
                        m_shown.user, number(m_head.layer + 1),
                        m_head.head < 0 ? tr("mean of heads") : tr("head %1").arg(m_head.head + 1),
                        number(m_shown.when.step));
    const auto length = m_shown.map->length;
    if (length < m_shown.events) // the model's history length
        text += tr("; the last %1 of %2 events").arg(number(length), number(m_shown.events));
    return text;
}

void MapSource::addViewer(QWidget* viewer)
{
    m_viewers.push_back(viewer);
    viewer->installEventFilter(this);
    connect(viewer, &QObject::destroyed, this, [this, viewer] { std::erase(m_viewers, viewer); });
}

bool MapSource::eventFilter(QObject* watched, QEvent* event)
{
    const bool goesOn = QObject::eventFilter(watched, event);
    if (event->type() == QEvent::Show)
        QTimer::singleShot(0, this, &MapSource::ask);
    return goesOn;
}

bool MapSource::isSeen() const
{
    return std::any_of(
        m_viewers.begin(), m_viewers.end(), [](const auto* viewer) { return viewer->isVisible(); });
}

void MapSource::refresh()
{
    m_isStale = true;
    ask();
}

void MapSource::ask()
{
    if (!m_isStale || m_isAsked || !m_hasModel || m_user.value < 0 || !isSeen())
        return;
    m_isStale = false;
    m_isAsked = true;
    const auto user = m_user;
    const auto about = userName();
    widgets::ask<Answer>(
        m_desk, this,
        [user, about](const train::TrainedModel& model) -> Result<Answer> {
            // The data may have changed since the question was put.
            if (user.value >= model.dataset().userCount()
                || model.dataset().userId(user) != about.toStdString())
                return badInput("no such user", about.toStdString());
            const auto history = train::historyOf(model.dataset(), user);
            auto map = explain::attentionMap(
                model, history,
                "Attention of " + model.config().model + ", user " + about.toStdString(), user);
            return Answer{
                std::make_shared<const explain::AttentionMap>(std::move(map)), model.moment(),
                about, static_cast<std::int64_t>(history.items.size())};
        },
        [this, generation = m_generation, user](const Result<Answer>& answer) {
            receive(generation, user, answer);
        });
}

void MapSource::receive(int generation, UserIndex user, const Result<Answer>& answer)
{
    m_isAsked = false;
    if (generation != m_generation || user != m_user) { // another one was picked meanwhile
        ask();
        return;
    }
    if (!answer) {
        m_shown = {};
        Q_EMIT mapChanged();
        if (m_hasModel)
            Q_EMIT failed(answer.error());
        return;
    }
    m_lacksAttention = answer->map->layers == 0;
    m_shown = m_lacksAttention ? Answer() : *answer;
    if (m_lacksAttention) {
        Q_EMIT mapChanged();
        return;
    }
    if (!m_isHeadChosen || !explain::headMatrix(*m_shown.map, m_head)) {
        m_head = {m_shown.map->layers - 1, -1};
        m_isHeadChosen = false;
    }
    Q_EMIT mapChanged();
    ask(); // what became stale meanwhile
}

} // namespace fovea::widgets
