// Prints the texts of the core's tables that the window shows, one a line: for the translations.
#include "core/data/arrange.h"
#include "core/data/formats.h"
#include "core/data/stores.h"
#include "core/data/time_formats.h"
#include "core/model/kinds.h"
#include "core/train/parameters.h"
#include "core/train/presets.h"

#include <iostream>

int main()
{
    using namespace fovea;
    for (const auto& p : train::parameters())
        std::cout << p.group << '\n' << p.label << '\n' << p.unit << '\n' << p.help << '\n';
    using data::Role;
    for (const auto role :
         {Role::User, Role::Item, Role::Time, Role::Value, Role::Type, Role::Title, Role::Category})
        std::cout << data::roleName(role) << '\n';
    for (const auto confidence :
         {data::Confidence::Sure, data::Confidence::Likely, data::Confidence::Guess})
        std::cout << data::confidenceName(confidence) << '\n';
    for (const auto* store : data::stores())
        std::cout << store->title << '\n';
    for (const auto* shape : data::shapes())
        std::cout << shape->title << '\n' << shape->why << '\n';
    for (const auto& format : data::formats())
        std::cout << format.title << '\n' << format.note << '\n';
    for (const auto& deal : data::dealTable()) {
        std::cout << deal.title << '\n';
        for (const auto choice : deal.choices)
            std::cout << choice << '\n';
    }
    for (const auto* kind :
         {data::kMissingTime, data::kMissingValue, data::kMissingId, data::kWrongTime, data::kBelow,
          data::kAbove, data::kNoValue, data::kOtherType, data::kOtherTime, data::kSwapped,
          data::kOddTime, data::kRowLeftOut, data::kLeftOutAsChosen, data::kLeftOutAsUnrated,
          data::kDuplicate})
        std::cout << kind << '\n';
    for (const auto& format : data::timeFormats())
        std::cout << format.name << '\n' << format.help << '\n';
    for (const auto task : {model::Task::NextItem, model::Task::Ratings})
        std::cout << model::taskName(task) << '\n';
    for (const auto& preset : train::presets())
        std::cout << preset.name << '\n' << preset.help << '\n';
}
