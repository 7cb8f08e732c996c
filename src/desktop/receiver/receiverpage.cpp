// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "receiverpage.h"

#include "copying.h"
#include "fonts.h"
#include "localreceiver.h"
#include "metrics.h"
#include "ui_receiverpage.h"

#include <QGuiApplication>
#include <QHeaderView>

using namespace Qt::Literals::StringLiterals;

namespace Tocsin {

QString requestAsText(const ReceivedRequest &request)
{
    QString text = request.method + u' ' + request.target + u" HTTP/1.1\n"_s;
    for (const auto &header : request.headers) {
        text += header.name + u": "_s + header.value + u'\n';
    }
    const auto json = parseJson(request.body);
    text += u'\n';
    text += json ? QString::fromStdString(writeJson(*json, JsonFormat::Indented)) : QString::fromUtf8(request.body);
    return text;
}

QString ReceiverPage::title()
{
    return QCoreApplication::translate("ReceiverPage", "Local Receiver"); // as the form has it
}

ReceiverPage::ReceiverPage(LocalReceiver &receiver, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ReceiverPage>())
    , m_receiver(receiver)
{
    m_ui->setupUi(this);
    m_ui->urlLineEdit->setFont(fixedFont());
    m_ui->answerBodyPlainTextEdit->setFont(fixedFont());
    m_ui->detailPlainTextEdit->setFont(fixedFont());
    for (QWidget *field :
         QList<QWidget *>{m_ui->urlLineEdit, m_ui->answerBodyPlainTextEdit, m_ui->detailPlainTextEdit}) {
        field->setLayoutDirection(Qt::LeftToRight);
    }
    setUpAnswer();
    m_ui->formLayout->setColumnMinimumWidth(0, Metrics::labelColumn);
    setUpTable();
    updateRunning();
    updateAnswer();
    updateRequests();

    connect(m_ui->startPushButton, &QPushButton::clicked, this, &ReceiverPage::startOrStop);
    connect(m_ui->addPushButton, &QPushButton::clicked, this, &ReceiverPage::addRequested);
    connect(m_ui->copyUrlPushButton, &QPushButton::clicked, this,
            [this] { copyText(m_receiver.url(), m_ui->copyUrlPushButton); });
    connect(m_ui->copyAuthorityPushButton, &QPushButton::clicked, this,
            [this] { copyText(QString::fromUtf8(m_receiver.certificateAuthority()), m_ui->copyAuthorityPushButton); });
    connect(m_ui->answerStatusSpinBox, &QSpinBox::valueChanged, this, &ReceiverPage::updateAnswer);
    connect(m_ui->answerBodyPlainTextEdit, &QPlainTextEdit::textChanged, this, &ReceiverPage::updateAnswer);
    connect(m_ui->mannerComboBox, &QComboBox::currentIndexChanged, this, &ReceiverPage::updateAnswer);
    connect(m_ui->pauseSpinBox, &QSpinBox::valueChanged, this, &ReceiverPage::updateAnswer);
    connect(m_ui->certificateComboBox, &QComboBox::activated, this, &ReceiverPage::chooseCertificate);
    connect(m_ui->clearPushButton, &QPushButton::clicked, this, [this] { m_receiver.clear(); });
    connect(&m_receiver, &LocalReceiver::runningChanged, this, &ReceiverPage::updateRunning);
    connect(&m_receiver, &QAbstractItemModel::rowsInserted, this, &ReceiverPage::updateRequests);
    connect(&m_receiver, &QAbstractItemModel::modelReset, this, &ReceiverPage::updateRequests);
}

ReceiverPage::~ReceiverPage() = default;

void ReceiverPage::setUpAnswer()
{
    using Manner = ReceiverAnswer::Manner;
    using Certificate = ReceiverCertificate;
    const auto &answer = m_receiver.answer();
    m_ui->answerStatusSpinBox->setValue(answer.status);
    m_ui->answerBodyPlainTextEdit->setPlainText(QString::fromUtf8(answer.body));
    for (const auto &[manner, text] :
         std::initializer_list<std::pair<Manner, QString>>{{Manner::AtOnce, tr("At once")},
                                                           {Manner::Late, tr("Late")},
                                                           {Manner::Dripping, tr("Byte by byte")},
                                                           {Manner::CutOff, tr("Cut off in the middle")},
                                                           {Manner::Reset, tr("Not at all: resets the connection")}}) {
        m_ui->mannerComboBox->addItem(text, static_cast<int>(manner));
    }
    m_ui->mannerComboBox->setCurrentIndex(m_ui->mannerComboBox->findData(static_cast<int>(answer.manner)));
    m_ui->pauseSpinBox->setMaximum(static_cast<int>(ReceiverAnswer::mostPause.count() / 1000));
    m_ui->pauseSpinBox->setValue(static_cast<int>(answer.pause.count() / 1000));
    for (const auto &[certificate, text] : std::initializer_list<std::pair<Certificate, QString>>{
             {Certificate::Right, tr("Its own")},
             {Certificate::OtherName, tr("For another host")},
             {Certificate::Expired, tr("Expired yesterday")},
             {Certificate::UnknownAuthority, tr("Of an unknown authority")}}) {
        m_ui->certificateComboBox->addItem(text, static_cast<int>(certificate));
    }
    m_ui->certificateComboBox->setCurrentIndex(
        m_ui->certificateComboBox->findData(static_cast<int>(m_receiver.certificate())));
}

void ReceiverPage::chooseCertificate()
{
    const auto certificate = static_cast<ReceiverCertificate>(m_ui->certificateComboBox->currentData().toInt());
    if (const auto set = m_receiver.setCertificate(certificate); !set) {
        Q_EMIT message({.text = set.error().message, .role = ColorRole::Error});
    }
}

void ReceiverPage::setUpTable()
{
    auto *table = m_ui->requestsTableView;
    table->setModel(&m_receiver);
    table->setFont(fixedFont());
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + Metrics::medium);
    const int em = QFontMetrics(fixedFont()).averageCharWidth();
    auto *header = table->horizontalHeader();
    header->setFont(font());
    header->setSectionResizeMode(LocalReceiver::Path, QHeaderView::Stretch);
    header->resizeSection(LocalReceiver::Time, em * 11);
    header->resizeSection(LocalReceiver::Method, em * 9);
    header->resizeSection(LocalReceiver::Size, em * 11);
    header->resizeSection(LocalReceiver::Answered, em * 11);
    connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ReceiverPage::showSelected);
}

void ReceiverPage::startOrStop()
{
    if (m_receiver.isRunning()) {
        m_receiver.stop();
        return;
    }
    if (const auto started = m_receiver.start(); !started) {
        Q_EMIT message({.text = started.error().message, .role = ColorRole::Error});
    }
}

void ReceiverPage::updateRunning()
{
    const bool running = m_receiver.isRunning();
    m_ui->startPushButton->setText(running ? tr("Stop Receiver") : tr("Start Receiver"));
    m_ui->startPushButton->setPrimary(!running);
    m_ui->addPushButton->setPrimary(running);
    m_ui->statusDot->setStatus(running ? ColorRole::Success : ColorRole::Inactive,
                               running ? tr("Running") : tr("Stopped"));
    m_ui->statusLabel->setText(running ? tr("Running") : tr("Stopped"));
    m_ui->emptyWidget->setWords(Symbol::Receiver, tr("Nothing arrived yet"),
                                running ? tr("Add a webhook for it, and press Test.")
                                        : tr("Start the receiver, add a webhook for it, and press Test."));
    m_ui->urlLineEdit->setText(m_receiver.url());
    m_ui->copyUrlPushButton->setEnabled(running);
    m_ui->copyAuthorityPushButton->setEnabled(running);
}

void ReceiverPage::updateAnswer()
{
    using Manner = ReceiverAnswer::Manner;
    const auto manner = static_cast<Manner>(m_ui->mannerComboBox->currentData().toInt());
    const bool pauses = manner == Manner::Late || manner == Manner::Dripping;
    m_ui->pauseSpinBox->setVisible(pauses);
    m_ui->pauseLabel->setVisible(pauses);
    m_ui->pauseLabel->setText(manner == Manner::Dripping ? tr("seconds between two bytes") : tr("seconds late"));
    m_ui->answerStatusSpinBox->setEnabled(manner != Manner::Reset);
    m_ui->answerBodyPlainTextEdit->setEnabled(manner != Manner::Reset);
    const auto accepted = m_receiver.setAnswer({.status = m_ui->answerStatusSpinBox->value(),
                                                .body = m_ui->answerBodyPlainTextEdit->toPlainText().toUtf8(),
                                                .manner = manner,
                                                .pause = std::chrono::seconds(m_ui->pauseSpinBox->value())});
    m_ui->answerProblemLabel->setProblems(accepted ? Problems()
                                                   : Problems{{.severity = Severity::Error,
                                                               .field = {},
                                                               .message = accepted.error().message,
                                                               .position = accepted.error().position}});
}

void ReceiverPage::updateRequests()
{
    const bool any = m_receiver.rowCount() > 0;
    m_ui->stackedWidget->setCurrentWidget(any ? static_cast<QWidget *>(m_ui->splitter) : m_ui->emptyWidget);
    if (!any && m_ui->clearPushButton->hasFocus()) {
        m_ui->urlLineEdit->setFocus(Qt::OtherFocusReason); // where the next key changes nothing
    }
    m_ui->clearPushButton->setVisible(any);
    if (any && !m_ui->requestsTableView->selectionModel()->hasSelection()) {
        m_ui->requestsTableView->selectRow(0);
    }
    showSelected();
}

void ReceiverPage::showSelected()
{
    const auto rows = m_ui->requestsTableView->selectionModel()->selectedRows();
    const ReceivedRequest *request = rows.isEmpty() ? nullptr : m_receiver.at(rows.first().row());
    m_ui->detailPlainTextEdit->setPlainText(request ? requestAsText(*request) : QString());
}

} // namespace Tocsin

#include "moc_receiverpage.cpp"
