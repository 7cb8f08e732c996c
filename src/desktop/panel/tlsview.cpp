// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tlsview.h"

#include "connectiontext.h"
#include "copying.h"
#include "factgrid.h"
#include "format.h"
#include "icons.h"
#include "metrics.h"
#include "rolelabel.h"
#include "sectiontitle.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>

namespace Tocsin {

using namespace Qt::Literals::StringLiterals;

TlsView::TlsView(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Metrics::small);
}

void TlsView::setTls(const std::optional<TlsInfo> &tls, const QDateTime &moment, bool isConnectionReused)
{
    while (const auto *item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (!tls) {
        auto *none = new RoleLabel(tr("No TLS handshake was completed."), this);
        none->setWordWrap(true);
        m_layout->addWidget(none);
        m_layout->addStretch();
        return;
    }
    for (const QString &error : tls->errors) {
        auto *line = new RoleLabel(error, this);
        line->setRole(ColorRole::Error);
        line->setWordWrap(true);
        m_layout->addWidget(line);
    }
    auto *facts = new FactGrid(this);
    facts->addFact(tr("Protocol"), tls->protocol);
    facts->addFact(tr("Cipher"), tls->cipher);
    m_layout->addWidget(facts);
    QStringList sentences = handshakeTexts(tls, isConnectionReused);
    sentences << clientCertificateText(*tls);
    sentences.removeAll(QString());
    for (const QString &sentence : std::as_const(sentences)) {
        auto *line = new RoleLabel(sentence, this);
        line->setWordWrap(true);
        line->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_layout->addWidget(line);
    }
    for (qsizetype place = 0; place < tls->chain.size(); ++place) {
        m_layout->addSpacing(Metrics::small);
        m_layout->addWidget(new SectionTitle(
            place == 0 ? tr("The target's certificate") : tr("Issuing certificate %1").arg(place), this));
        m_layout->addWidget(certificateCard(tls->chain[place], moment));
    }
    m_layout->addStretch();
}

QWidget *TlsView::certificateCard(const CertificateInfo &certificate, const QDateTime &moment)
{
    auto *box = new QWidget(this);
    auto *facts = new FactGrid(box);
    facts->addFact(tr("Subject"), certificate.subject);
    facts->addFact(tr("Names"), certificate.alternativeNames.join(u'\n'));
    facts->addFact(tr("Issuer"), certificate.issuer);
    facts->addFact(tr("Valid"), tr("%1 to %2").arg(formatDay(certificate.notBefore), formatDay(certificate.notAfter)),
                   FactGrid::Face::Proportional,
                   formatExactMoment(certificate.notBefore) + u'\n' + formatExactMoment(certificate.notAfter));
    facts->addFact(tr("Public key"), certificate.publicKey);
    facts->addFact(tr("Serial number"), certificate.serialNumber, FactGrid::Face::Fixed);
    facts->addFact(tr("SHA-256 fingerprint"), certificate.sha256Fingerprint, FactGrid::Face::Fixed);

    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::tight);
    QString warning;
    if (moment.isValid() && certificate.notAfter.isValid() && moment > certificate.notAfter) {
        warning = tr("Expired on %1").arg(formatDay(certificate.notAfter));
    } else if (moment.isValid() && certificate.notBefore.isValid() && moment < certificate.notBefore) {
        warning = tr("Not valid before %1").arg(formatDay(certificate.notBefore));
    }
    if (!warning.isEmpty()) {
        auto *line = new QHBoxLayout;
        auto *mark = new QLabel(box);
        mark->setPixmap(icon(ColorRole::Error).pixmap(Metrics::icon));
        auto *words = new RoleLabel(warning, box);
        words->setRole(ColorRole::Error);
        line->addWidget(mark);
        line->addWidget(words, 1);
        layout->addLayout(line);
    }
    layout->addWidget(facts);
    if (!certificate.pem.isEmpty()) {
        auto *copy = new QPushButton(tr("Copy certificate"), box);
        connect(copy, &QPushButton::clicked, this, [copy, pem = certificate.pem] { copyText(pem, copy); });
        layout->addWidget(copy, 0, Qt::AlignLeft);
    }
    return box;
}

} // namespace Tocsin

#include "moc_tlsview.cpp"
