// Prints the texts of the core's tables that the window shows, one a line: for the translations.
#include "core/train/parameters.h"
#include "core/train/presets.h"

#include <iostream>

int main()
{
    using namespace fovea;
    for (const auto& p : train::parameters())
        std::cout << p.group << '\n' << p.label << '\n' << p.help << '\n';
    for (const auto& preset : train::presets())
        std::cout << preset.name << '\n' << preset.help << '\n';
}
