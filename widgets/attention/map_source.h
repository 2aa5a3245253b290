// The attention map that is looked at: of which user, of which head, asked of the model at hand.
// One question is on its way at most, and none while no viewer can be seen: a hidden page costs
// nothing. Shared by what shows it. The window's thread.
#pragma once

#include "core/explain/attention_map.h"
#include "core/train/model_desk.h"
#include "widgets/render/look.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <vector>

class QWidget;

namespace fovea::widgets {

class MapSource final : public QObject {
    Q_OBJECT

public:
    explicit MapSource(train::ModelDesk& desk, QObject* parent = nullptr);

    void setDataset(std::shared_ptr<const data::Dataset> dataset); // forgets user and map
    const std::shared_ptr<const data::Dataset>& dataset() const { return m_dataset; }
    // Another model can be asked, or none any more: the map goes.
    void setModelAtHand(bool there);
    bool hasModel() const { return m_hasModel; }

    void setUser(UserIndex user);
    UserIndex user() const { return m_user; }
    QString userName() const; // the raw id; empty while nobody was picked
    // The head that was chosen; the mean of the last layer before that, and where a map has no such
    // head.
    void setHead(explain::HeadChoice head);
    explain::HeadChoice head() const { return m_head; }
    bool isHeadChosen() const { return m_isHeadChosen; }
    void setLook(render::Look look);
    render::Look look() const { return m_look; } // of every view and file of the map

    // Null until it was answered. While another user's is awaited it stays for a moment: whose it
    // is say title() and mapUser(), not user().
    std::shared_ptr<const explain::AttentionMap> map() const { return m_shown.map; }
    QString mapUser() const { return m_shown.user; } // the raw id
    QString title() const; // its user, layer, head and step in words
    bool isAwaited() const; // a map is to be there soon
    bool lacksAttention() const { return m_lacksAttention; } // of the model at hand

    void addViewer(QWidget* viewer);
    bool isSeen() const; // by one of them
    void refresh(); // the weights changed

Q_SIGNALS:
    void mapChanged(); // another one, or none any more
    void headChanged();
    void lookChanged();
    void failed(const fovea::Error& error);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Answer {
        std::shared_ptr<const explain::AttentionMap> map;
        train::Moment when;
        QString user; // the raw id
        std::int64_t events = 0; // in the user's history
    };
    void ask();
    void dropOther();
    void receive(int generation, UserIndex user, const Result<Answer>& answer);

    train::ModelDesk& m_desk;
    std::shared_ptr<const data::Dataset> m_dataset;
    Answer m_shown;
    QTimer m_late; // for which another user's map may stay
    std::vector<QWidget*> m_viewers;
    UserIndex m_user{-1};
    explain::HeadChoice m_head;
    render::Look m_look;
    int m_generation = 0; // of data set and model; answers about older ones are dropped
    bool m_isHeadChosen = false;
    bool m_hasModel = false;
    bool m_lacksAttention = false;
    bool m_isAsked = false; // a question is on its way
    bool m_isStale = false; // and another one shall follow
};

} // namespace fovea::widgets
