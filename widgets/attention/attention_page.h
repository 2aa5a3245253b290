// The Attention page: whose history, which head, one large map, what the last event looks at, live
// while a run trains. The window's thread.
#pragma once

#include "core/train/model_desk.h"
#include "widgets/attention/heat_map_view.h"
#include "widgets/attention/map_source.h"
#include "widgets/parts/background.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QSplitter;
class QTableView;
class QTimer;

namespace fovea::widgets {

class BusyLine;
class ElidedLabel;
class ErrorBar;
class LastRowModel;
class RowList;
class Thumbnails;
class UserListModel;

class AttentionPage final : public QWidget {
    Q_OBJECT

public:
    AttentionPage(train::ModelDesk& desk, MapSource& source, QWidget* parent = nullptr);
    ~AttentionPage() override;

    ErrorBar& errors() { return *m_errors; }
    HeatMapView& view() { return *m_view; }
    QSplitter& splitter() { return *m_splitter; }

    void setDataset(std::shared_ptr<const data::Dataset> dataset);
    void setModelAtHand(bool there);
    void setTraining(bool training); // then nothing is asked that would hold the run up
    UserIndex user() const { return m_source.user(); }
    void pickUser(UserIndex user);
    void findUser(const QString& id); // picked where there is one, once it is found
    std::shared_ptr<const explain::AttentionMap> map() const { return m_source.map(); }
    void retranslate();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override; // keys of the search
    void resizeEvent(QResizeEvent* event) override;

Q_SIGNALS:
    void exportRequested();
    void menuRequested(const QPoint& globalPosition); // of the large map

private:
    QWidget* makePicker();
    QWidget* makeMiddle();
    QWidget* makeBars();
    void askMostWrong();
    void toggleLongest(bool on);
    void toggleMostWrong(bool on);
    void pickRandom();
    void pickFirst(); // once the list shows what was asked for
    void showArranged();
    void showMap();
    void showHead();
    void showBarsTitle();
    void showLook();
    void showEmpty();
    void fitHeads();
    void search();
    void clearSearch();
    void setTexts();

    void updateButtons();
    void stopAsking();

    train::ModelDesk& m_desk;
    MapSource& m_source;
    std::stop_source m_stop; // of the question for the most wrong
    bool m_isAsking = false;
    bool m_isTraining = false;
    bool m_picksFirst = false;
    Background<std::optional<UserIndex>> m_find; // of a user by the id

    ErrorBar* m_errors;
    QSplitter* m_splitter;
    UserListModel* m_users;
    LastRowModel* m_lastRow;
    QLineEdit* m_search;
    BusyLine* m_busy;
    QTimer* m_pause; // a search waits for the end of a word
    RowList* m_list;
    QLabel* m_nobody; // instead of an empty list
    QPushButton* m_random;
    QPushButton* m_longest;
    QPushButton* m_wrong;
    QScrollArea* m_heads; // around the thumbnails
    Thumbnails* m_thumbnails;
    HeatMapView* m_view;
    QLabel* m_scaleLabel;
    QComboBox* m_scale;
    QLabel* m_colourLabel;
    QComboBox* m_colours;
    QPushButton* m_export;
    ElidedLabel* m_title;
    ElidedLabel* m_hover;
    QLabel* m_caution;
    QLabel* m_barsTitle;
    QTableView* m_bars;
};

} // namespace fovea::widgets
