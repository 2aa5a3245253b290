// How the files of items and of users are read, where a person knows better: the columns of ids,
// titles and categories, and the encoding. Looks into a file beside the window's thread; the rest
// on it.
#pragma once

#include "core/data/recipe.h"
#include "core/data/side_reading.h"
#include "widgets/parts/background.h"

#include <QWidget>

#include <filesystem>
#include <vector>

class QComboBox;
class QFormLayout;

namespace fovea::widgets {

// A file, or one in an archive.
bool isThere(const std::filesystem::path& file);

class SideChoices final : public QWidget {
    Q_OBJECT

public:
    explicit SideChoices(QWidget* parent = nullptr);

    // The first of the files; empty = there is none.
    void setFile(data::Side side, const std::filesystem::path& file);
    void choose(const data::Recipe& recipe); // without a signal
    void writeTo(data::Recipe& recipe) const;

Q_SIGNALS:
    void changed(); // by a person

private:
    struct Field {
        std::string key; // as a recipe has it
        QComboBox* box;
    };
    struct Beside {
        std::filesystem::path file;
        std::vector<Field> fields;
        data::SideChoices chosen; // with those that have no field
        std::vector<std::string> columns; // names, or numbers from 1
        std::unique_ptr<Background<std::vector<std::string>>> look;
    };
    void add(QFormLayout& form, data::Side side, const char* key, const QString& label);
    Beside& of(data::Side side) { return side == data::Side::Items ? m_items : m_users; }
    void look(data::Side side);
    void fill(Beside& beside) const; // the columns, what is chosen stays
    static void put(const Beside& beside, data::SideChoices& choices);
    static void show(Beside& beside, const data::SideChoices& choices);

    Beside m_items;
    Beside m_users;
};

} // namespace fovea::widgets
