// "Open data": the files, how they were understood, the first rows with a role over each column,
// the filters, and beside them, live, what would come of it. Accepting hands over what was read.
// The window's thread; reading is in the background.
#pragma once

#include "core/data/table_file.h"
#include "widgets/data/import_choices.h"
#include "widgets/data/import_job.h"
#include "widgets/data/side_choices.h"

#include <QDialog>
#include <QTimer>

#include <functional>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QGroupBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QTableWidget;

namespace fovea::widgets {

class ElidedLabel;

class OpenDataDialog final : public QDialog {
    Q_OBJECT

public:
    explicit OpenDataDialog(QWidget* parent = nullptr);

    // A file of events; or several files or a folder, which are sorted into events, items and
    // users.
    void setPaths(const QStringList& paths);
    void setFiles(const QStringList& files); // of one table
    void setItemsFiles(const QStringList& files); // likewise
    void setUsersFile(const QString& file);
    void setVectorsFile(const QString& file); // of items
    // Asked about each new file by the shape of its table; what it knows is chosen.
    using Memory = std::function<std::optional<data::Recipe>(const QString& shape)>;
    void setMemory(Memory memory);
    QString shape() const; // of the file, for the memory
    // What was read with the choices as they stand; null until it is.
    std::shared_ptr<const data::Imported> imported() const { return m_imported; }
    bool isLooking() const { return m_sorting.isRunning() || m_look.isRunning(); } // into files
    QString name() const; // for the data set, from the file's

    void accept() override; // once the file is read through

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeFiles();
    QWidget* makeUnderstanding();
    QWidget* makePreview();
    void takeDelimiter();
    QWidget* makeReport();
    QWidget* makeChoices();
    QWidget* makeRemembered();
    void recall(); // what was chosen for a file of the same shape
    void forget();
    void choose(const data::Recipe& recipe);
    void browseEvents();
    void browseItems();
    void browseUsers();
    void browseVectors();
    QString folder() const; // of the events
    static QStringList filesIn(const QLineEdit* field);
    QStringList files() const;
    void takeSorted(const Result<data::FilesByKind>& sorted);
    void takeFolder(); // that was typed
    void sniff(); // a new file
    void readHead(); // of the chosen member, in the chosen encoding
    struct Looked {
        std::vector<io::Member> choices; // of a new file
        data::FilesByKind beside; // likewise, of an archive
        Result<data::TableHead> head;
    };
    void look(bool isNew);
    void showHead(data::TableHead head);
    void takeBeside(const data::FilesByKind& files);
    void showNothing(const QString& why);
    QString member() const;
    void takeMember();
    void layOut(); // other choices of how to read it
    void showRows(const data::Layout& layout);
    void invalidate(); // what was read no longer fits the choices
    void read(); // in the background, a moment after the last choice
    data::ImportOptions options() const;
    std::string columnText(std::size_t column) const; // for a recipe
    std::int64_t columnOf(const std::string& text) const;
    void showReport(const data::Imported& imported);
    QStringList reasons(const data::Imported& imported) const;
    void showProblem(const QString& text);

    QLineEdit* m_file;
    QLineEdit* m_itemsFile;
    QLineEdit* m_usersFile;
    QLineEdit* m_vectorsFile;
    QComboBox* m_format;
    QComboBox* m_delimiter;
    QCheckBox* m_header;
    QComboBox* m_encoding;
    QComboBox* m_timeFormat;
    QComboBox* m_member; // shown for archives and databases
    QWidget* m_textChoices; // what only text leaves open
    QString m_itemsBeside; // what was put into the fields of items and users by itself
    QString m_usersBeside;
    ElidedLabel* m_facts; // what it is, how it is compressed
    QTableWidget* m_preview;
    QLabel* m_report;
    QProgressBar* m_progress;
    QDialogButtonBox* m_buttons;
    Background<data::FilesByKind> m_sorting;
    Background<Looked> m_look;
    QString m_asked; // which member was looked at
    QString m_first; // that which is taken where none is chosen
    ImportJob m_job;
    QTimer m_pause; // between the last choice and the reading
    QTimer m_beat; // of the progress
    data::TableHead m_head; // of the first file
    std::optional<data::Dialect> m_dialect; // of delimited text, as sniffed or chosen
    std::optional<data::Understanding> m_understood; // nothing where the file cannot be read so
    Memory m_memory;
    ImportChoices* m_choices; // filters and problems
    SideChoices* m_sides; // of items and users
    QWidget* m_remembered; // says that choices were
    std::vector<QComboBox*> m_roles;
    std::shared_ptr<const data::Imported> m_imported;
    bool m_isAccepted = false; // as soon as there is something to import
};

} // namespace fovea::widgets
