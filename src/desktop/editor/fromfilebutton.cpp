// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fromfilebutton.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QStringDecoder>

namespace Tocsin {

namespace {
constexpr qint64 largestFile = 1024 * 1024;
} // namespace

FromFileButton::FromFileButton(QWidget *parent)
    : QPushButton(parent)
{
    setText(tr("From file…"));
    setAutoDefault(false);
    connect(this, &QPushButton::clicked, this, &FromFileButton::choose);
}

Result<QString> FromFileButton::readTextFile(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir()) {
        return Error{.message = tr("%1 is a folder; choose a file.").arg(path)};
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{.message = tr("%1 cannot be read: %2.").arg(path, withoutStop(file.errorString()))};
    }
    const QByteArray bytes = file.read(largestFile + 1);
    if (bytes.size() > largestFile) {
        return Error{.message = tr("%1 is larger than 1 MiB; choose a PEM file.").arg(path)};
    }
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(bytes);
    if (decoder.hasError() || text.contains(QChar(u'\0'))) {
        return Error{.message = tr("%1 is not a text file; choose a PEM file.").arg(path)};
    }
    return text;
}

void FromFileButton::choose()
{
    auto *dialog = new QFileDialog(window(), tr("Choose a PEM file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Certificates and keys (*.pem *.crt *.cer *.key)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const Result<QString> text = readTextFile(path);
        if (text) {
            Q_EMIT textRead(*text);
        } else {
            Q_EMIT failed(text.error().message);
        }
    });
    dialog->open();
}

} // namespace Tocsin

#include "moc_fromfilebutton.cpp"
