// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "htmlentities.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace Tocsin {

namespace {

struct Entity
{
    std::string_view name;
    char32_t character;
};

// In the order of their bytes.
constexpr std::array entities{Entity{"AElig", 0xc6},        Entity{"AMP", 0x26},
                              Entity{"Aacute", 0xc1},       Entity{"Acirc", 0xc2},
                              Entity{"Agrave", 0xc0},       Entity{"Aring", 0xc5},
                              Entity{"Atilde", 0xc3},       Entity{"Auml", 0xc4},
                              Entity{"Ccedil", 0xc7},       Entity{"DiacriticalGrave", 0x60},
                              Entity{"ETH", 0xd0},          Entity{"Eacute", 0xc9},
                              Entity{"Ecirc", 0xca},        Entity{"Egrave", 0xc8},
                              Entity{"Euml", 0xcb},         Entity{"GT", 0x3e},
                              Entity{"Hat", 0x5e},          Entity{"Iacute", 0xcd},
                              Entity{"Icirc", 0xce},        Entity{"Igrave", 0xcc},
                              Entity{"Iuml", 0xcf},         Entity{"LT", 0x3c},
                              Entity{"NewLine", 0xa},       Entity{"Ntilde", 0xd1},
                              Entity{"Oacute", 0xd3},       Entity{"Ocirc", 0xd4},
                              Entity{"Ograve", 0xd2},       Entity{"Oslash", 0xd8},
                              Entity{"Otilde", 0xd5},       Entity{"Ouml", 0xd6},
                              Entity{"QUOT", 0x22},         Entity{"THORN", 0xde},
                              Entity{"Tab", 0x9},           Entity{"Uacute", 0xda},
                              Entity{"Ucirc", 0xdb},        Entity{"Ugrave", 0xd9},
                              Entity{"UnderBar", 0x5f},     Entity{"Uuml", 0xdc},
                              Entity{"VerticalLine", 0x7c}, Entity{"Yacute", 0xdd},
                              Entity{"aacute", 0xe1},       Entity{"acirc", 0xe2},
                              Entity{"acute", 0xb4},        Entity{"aelig", 0xe6},
                              Entity{"agrave", 0xe0},       Entity{"amp", 0x26},
                              Entity{"apos", 0x27},         Entity{"aring", 0xe5},
                              Entity{"ast", 0x2a},          Entity{"atilde", 0xe3},
                              Entity{"auml", 0xe4},         Entity{"bdquo", 0x201e},
                              Entity{"brvbar", 0xa6},       Entity{"bsol", 0x5c},
                              Entity{"bull", 0x2022},       Entity{"ccedil", 0xe7},
                              Entity{"cedil", 0xb8},        Entity{"cent", 0xa2},
                              Entity{"colon", 0x3a},        Entity{"comma", 0x2c},
                              Entity{"commat", 0x40},       Entity{"copy", 0xa9},
                              Entity{"curren", 0xa4},       Entity{"deg", 0xb0},
                              Entity{"divide", 0xf7},       Entity{"dollar", 0x24},
                              Entity{"eacute", 0xe9},       Entity{"ecirc", 0xea},
                              Entity{"egrave", 0xe8},       Entity{"equals", 0x3d},
                              Entity{"eth", 0xf0},          Entity{"euml", 0xeb},
                              Entity{"euro", 0x20ac},       Entity{"excl", 0x21},
                              Entity{"frac12", 0xbd},       Entity{"frac14", 0xbc},
                              Entity{"frac34", 0xbe},       Entity{"grave", 0x60},
                              Entity{"gt", 0x3e},           Entity{"hellip", 0x2026},
                              Entity{"iacute", 0xed},       Entity{"icirc", 0xee},
                              Entity{"iexcl", 0xa1},        Entity{"igrave", 0xec},
                              Entity{"iquest", 0xbf},       Entity{"iuml", 0xef},
                              Entity{"laquo", 0xab},        Entity{"lbrace", 0x7b},
                              Entity{"lbrack", 0x5b},       Entity{"lcub", 0x7b},
                              Entity{"ldquo", 0x201c},      Entity{"lowbar", 0x5f},
                              Entity{"lpar", 0x28},         Entity{"lsqb", 0x5b},
                              Entity{"lsquo", 0x2018},      Entity{"lt", 0x3c},
                              Entity{"macr", 0xaf},         Entity{"mdash", 0x2014},
                              Entity{"micro", 0xb5},        Entity{"midast", 0x2a},
                              Entity{"middot", 0xb7},       Entity{"nbsp", 0xa0},
                              Entity{"ndash", 0x2013},      Entity{"not", 0xac},
                              Entity{"ntilde", 0xf1},       Entity{"num", 0x23},
                              Entity{"oacute", 0xf3},       Entity{"ocirc", 0xf4},
                              Entity{"ograve", 0xf2},       Entity{"ordf", 0xaa},
                              Entity{"ordm", 0xba},         Entity{"oslash", 0xf8},
                              Entity{"otilde", 0xf5},       Entity{"ouml", 0xf6},
                              Entity{"para", 0xb6},         Entity{"percnt", 0x25},
                              Entity{"period", 0x2e},       Entity{"plus", 0x2b},
                              Entity{"plusmn", 0xb1},       Entity{"pound", 0xa3},
                              Entity{"quest", 0x3f},        Entity{"quot", 0x22},
                              Entity{"raquo", 0xbb},        Entity{"rbrace", 0x7d},
                              Entity{"rbrack", 0x5d},       Entity{"rcub", 0x7d},
                              Entity{"rdquo", 0x201d},      Entity{"reg", 0xae},
                              Entity{"rpar", 0x29},         Entity{"rsqb", 0x5d},
                              Entity{"rsquo", 0x2019},      Entity{"sbquo", 0x201a},
                              Entity{"sect", 0xa7},         Entity{"semi", 0x3b},
                              Entity{"shy", 0xad},          Entity{"sol", 0x2f},
                              Entity{"sup1", 0xb9},         Entity{"sup2", 0xb2},
                              Entity{"sup3", 0xb3},         Entity{"szlig", 0xdf},
                              Entity{"thorn", 0xfe},        Entity{"times", 0xd7},
                              Entity{"trade", 0x2122},      Entity{"uacute", 0xfa},
                              Entity{"ucirc", 0xfb},        Entity{"ugrave", 0xf9},
                              Entity{"uml", 0xa8},          Entity{"uuml", 0xfc},
                              Entity{"verbar", 0x7c},       Entity{"vert", 0x7c},
                              Entity{"yacute", 0xfd},       Entity{"yen", 0xa5},
                              Entity{"yuml", 0xff}};

} // namespace

char32_t htmlEntity(QByteArrayView name)
{
    const std::string_view wanted(name.data(), static_cast<std::size_t>(name.size()));
    const auto found = std::lower_bound(entities.begin(), entities.end(), wanted,
                                        [](const Entity &entity, std::string_view text) { return entity.name < text; });
    return found != entities.end() && found->name == wanted ? found->character : 0;
}

} // namespace Tocsin
