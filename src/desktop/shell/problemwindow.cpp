// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "problemwindow.h"

#include "emptystate.h"
#include "metrics.h"

#include <QDir>
#include <QFileDialog>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

ProblemWindow::ProblemWindow(const Error &error, const QString &profile, QWidget *parent)
    : QWidget(parent)
{
    setWindowTitle(tr("Tocsin"));
    auto *state = new EmptyState(this);
    state->setWords(Symbol::Error, tr("This profile cannot be opened"),
                    error.message + u"\n\n"_s
                        + tr("Nothing in %1 was changed. Put right what the sentence names and try again, or open "
                             "another folder as the profile.")
                              .arg(QDir::toNativeSeparators(profile)));
    connect(state->addAction(tr("Try Again"), true), &QPushButton::clicked, this, &ProblemWindow::retryRequested);
    connect(state->addAction(tr("Open Another Profile…"), false), &QPushButton::clicked, this,
            &ProblemWindow::chooseProfile);
    connect(state->addAction(tr("Quit"), false), &QPushButton::clicked, this, &QWidget::close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::huge, Metrics::huge, Metrics::huge, Metrics::huge);
    layout->addWidget(state);
    resize(720, 480);
}

void ProblemWindow::closeEvent(QCloseEvent *event)
{
    QWidget::closeEvent(event);
    Q_EMIT closed();
}

void ProblemWindow::chooseProfile()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open another profile"));
    if (!folder.isEmpty()) {
        Q_EMIT profileChosen(folder);
    }
}

} // namespace Tocsin

#include "moc_problemwindow.cpp"
