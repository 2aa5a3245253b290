// The Attention page: whose history, which head, one large map, what the last event looks at. It
// asks the model through train::ModelDesk, so that it answers while a run trains; never more than
// one question is on its way. The window's thread.
#pragma once

#include "core/train/model_desk.h"
#include "widgets/attention/heat_map_view.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QSplitter;
class QTableView;

namespace fovea::widgets {

class ErrorBar;
class LastRowModel;
class Thumbnails;
class UserListModel;

class AttentionPage final : public QWidget {
    Q_OBJECT

public:
    explicit AttentionPage(train::ModelDesk& desk, QWidget* parent = nullptr);
    ~AttentionPage() override;

    ErrorBar& errors() { return *m_errors; }
    HeatMapView& view() { return *m_view; }
    QSplitter& splitter() { return *m_splitter; }

    void setDataset(std::shared_ptr<const data::Dataset> dataset);
    // There is a model to ask, or there is none any more.
    void setModelAtHand(bool there);
    bool hasModel() const { return m_hasModel; }
    // Asks for the map again: the weights changed. Does nothing while hidden or not answered yet.
    void refresh();
    UserIndex user() const { return m_user; }
    void pickUser(UserIndex user);
    std::shared_ptr<const explain::AttentionMap> map() const { return m_map; }
    explain::HeadChoice head() const;
    QString userName() const;
    void retranslate();

Q_SIGNALS:
    void exportRequested();
    void userPicked();

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makePicker();
    QWidget* makeMiddle();
    QWidget* makeBars();
    void ask();
    struct Answer {
        std::shared_ptr<const explain::AttentionMap> map;
        train::Moment when;
    };
    void receive(UserIndex user, const Result<Answer>& answer);
    void askMostWrong();
    void pickRandom();
    void showHead(explain::HeadChoice choice);
    void showEmpty();
    void setTexts();

    train::ModelDesk& m_desk;
    std::shared_ptr<const data::Dataset> m_dataset;
    std::shared_ptr<const explain::AttentionMap> m_map;
    UserIndex m_user{-1};
    bool m_hasModel = false;
    bool m_isAsked = false; // a question is on its way
    bool m_isStale = false; // and another one shall follow
    train::Moment m_when;

    ErrorBar* m_errors;
    QSplitter* m_splitter;
    UserListModel* m_users;
    LastRowModel* m_lastRow;
    QLineEdit* m_search;
    QListView* m_list;
    QPushButton* m_random;
    QPushButton* m_longest;
    QPushButton* m_wrong;
    Thumbnails* m_thumbnails;
    HeatMapView* m_view;
    QLabel* m_scaleLabel;
    QComboBox* m_scale;
    QLabel* m_colourLabel;
    QComboBox* m_colours;
    QPushButton* m_export;
    QLabel* m_title;
    QLabel* m_hover;
    QLabel* m_caution;
    QLabel* m_barsTitle;
    QTableView* m_bars;
};

} // namespace fovea::widgets
