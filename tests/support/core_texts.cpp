// Prints the texts of the core's tables that the window shows, one a line: for the translations.
#include "core/data/roles.h"
#include "core/data/shapes.h"
#include "core/data/time_formats.h"
#include "core/model/kinds.h"
#include "core/train/parameters.h"
#include "core/train/presets.h"

#include <iostream>

int main()
{
    using namespace fovea;
    for (const auto& p : train::parameters())
        std::cout << p.group << '\n' << p.label << '\n' << p.help << '\n';
    using data::Role;
    for (const auto role :
         {Role::User, Role::Item, Role::Time, Role::Value, Role::Title, Role::Category})
        std::cout << data::roleName(role) << '\n';
    for (const auto* shape : data::shapes())
        std::cout << shape->title << '\n';
    for (const auto& format : data::timeFormats())
        std::cout << format.name << '\n' << format.help << '\n';
    for (const auto task : {model::Task::NextItem, model::Task::Ratings})
        std::cout << model::taskName(task) << '\n';
    for (const auto& preset : train::presets())
        std::cout << preset.name << '\n' << preset.help << '\n';
}
