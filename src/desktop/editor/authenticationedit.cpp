// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authenticationedit.h"

#include "draftbinder.h"
#include "oneline.h"
#include "taborder.h"
#include "ui_authenticationedit.h"
#include "urlsecrets.h"
#include "urltext.h"

#include <algorithm>

namespace Tocsin {

AuthenticationEdit::AuthenticationEdit(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::AuthenticationEdit>())
{
    m_ui->setupUi(this);
    const auto offer = [this](const QString &text, AuthenticationType type) {
        m_ui->typeComboBox->addItem(text, QVariant::fromValue(int(type)));
    };
    offer(tr("None"), AuthenticationType::None);
    offer(tr("Bearer Token"), AuthenticationType::BearerToken);
    offer(tr("OAuth"), AuthenticationType::OAuth);
    offer(tr("Custom"), AuthenticationType::Custom);
    const auto offerClient = [this](const QString &text, ClientAuthentication how) {
        m_ui->clientAuthenticationComboBox->addItem(text, QVariant::fromValue(int(how)));
    };
    offerClient(tr("Automatic: Basic, then the body"), ClientAuthentication::Automatic);
    offerClient(tr("Basic"), ClientAuthentication::Basic);
    offerClient(tr("Basic, not form-encoded"), ClientAuthentication::BasicRaw);
    offerClient(tr("In the body"), ClientAuthentication::Body);
    m_ui->scopesEdit->setSplitsAtSpaces(true);
    m_ui->tokenUrlLineEdit->setLayoutDirection(Qt::LeftToRight);
    showBeginningAfterwards(m_ui->tokenUrlLineEdit);
    m_ui->morePage->hide();
    connect(m_ui->moreButton, &DisclosureButton::openChanged, m_ui->morePage, &QWidget::setVisible);
    chain();
}

AuthenticationEdit::~AuthenticationEdit() = default;

void AuthenticationEdit::chain()
{
    chainTabOrder(QList<QWidget *>{m_ui->typeComboBox} + m_ui->bearerEdit->tabStops()
                  + QList<QWidget *>{m_ui->clientIdLineEdit} + m_ui->clientSecretEdit->tabStops()
                  + QList<QWidget *>{m_ui->tokenUrlLineEdit} + m_ui->tokenUrlSecrets->tabStops()
                  + QList<QWidget *>{m_ui->scopesEdit->edit(), m_ui->moreButton, m_ui->clientAuthenticationComboBox}
                  + m_ui->parametersEdit->tabStops());
}

void AuthenticationEdit::setDraft(WebhookDraft *draft)
{
    using Field = WebhookDraft::Field;
    using Fields = WebhookDraft::Fields;
    const DraftBinder binder(draft);
    binder.bind(m_ui->bearerEdit, &WebhookDraft::setBearerToken, [](const Fields &all) { return all.bearerToken; });
    for (QLineEdit *edit :
         {m_ui->bearerEdit->edit(), m_ui->clientIdLineEdit, m_ui->clientSecretEdit->edit(), m_ui->tokenUrlLineEdit}) {
        keepToOneLine(edit);
    }
    binder.bind(m_ui->clientIdLineEdit, &WebhookDraft::setClientId,
                [](const Fields &all) { return all.oauth.clientId; });
    binder.bind(m_ui->clientSecretEdit, &WebhookDraft::setClientSecret,
                [](const Fields &all) { return all.oauth.clientSecret; });
    binder.bind(m_ui->tokenUrlLineEdit, &WebhookDraft::setTokenEndpointUrl,
                [](const Fields &all) { return all.oauth.tokenEndpointUrl; });
    binder.bind(m_ui->bearerProblems, Field::BearerToken, m_ui->bearerEdit->edit());
    binder.bind(m_ui->clientIdProblems, Field::ClientId, m_ui->clientIdLineEdit);
    binder.bind(m_ui->clientSecretProblems, Field::ClientSecret, m_ui->clientSecretEdit->edit());
    binder.bind(m_ui->tokenUrlProblems, Field::TokenEndpointUrl, m_ui->tokenUrlLineEdit);
    binder.bind(m_ui->scopesProblems, Field::Scopes, m_ui->scopesEdit->edit());

    auto *ofTokenUrl = new UrlSecrets(m_ui->tokenUrlLineEdit, m_ui->tokenUrlSecrets, draft, Field::TokenEndpointUrl);
    connect(ofTokenUrl, &UrlSecrets::shown, this, &AuthenticationEdit::chain);
    connect(m_ui->scopesEdit, &ChipsEdit::valuesChanged, draft, &WebhookDraft::setScopes);
    bindMore(draft);
    connect(m_ui->typeComboBox, &QComboBox::currentIndexChanged, draft,
            [this, draft] { draft->setAuthentication(AuthenticationType(m_ui->typeComboBox->currentData().toInt())); });
    connect(draft, &WebhookDraft::loaded, this, [this, draft] { refresh(draft); });
    connect(draft, &WebhookDraft::changed, this, [this, draft](Field field) {
        if (field == Field::Authentication || field == Field::Headers) {
            refresh(draft);
        }
    });
    refresh(draft);
}

void AuthenticationEdit::bindMore(WebhookDraft *draft)
{
    using Field = WebhookDraft::Field;
    const DraftBinder binder(draft);
    binder.bind(m_ui->clientAuthenticationProblems, Field::ClientAuthentication, m_ui->clientAuthenticationComboBox);
    binder.bind(m_ui->parametersProblems, Field::TokenParameters, m_ui->parametersEdit);
    auto *how = m_ui->clientAuthenticationComboBox;
    connect(how, &QComboBox::currentIndexChanged, draft,
            [how, draft] { draft->setClientAuthentication(ClientAuthentication(how->currentData().toInt())); });
    connect(m_ui->parametersEdit, &TokenParametersEdit::parametersChanged, draft, &WebhookDraft::setTokenParameters);
    const auto load = [this, draft, how] {
        const OAuthClientCredentials &oauth = draft->fields().oauth;
        const bool isSet = oauth.clientAuthentication != ClientAuthentication::Automatic || !oauth.parameters.isEmpty();
        how->setCurrentIndex(how->findData(int(oauth.clientAuthentication)));
        m_ui->parametersEdit->setParameters(oauth.parameters);
        m_ui->moreButton->setOpen(m_ui->moreButton->isOpen() || isSet);
    };
    connect(draft, &WebhookDraft::loaded, this, load);
    load();
}

void AuthenticationEdit::refresh(WebhookDraft *draft)
{
    const WebhookDraft::Fields &fields = draft->fields();
    const AuthenticationType type = fields.authentication;
    m_ui->typeComboBox->setCurrentIndex(m_ui->typeComboBox->findData(int(type)));
    m_ui->bearerPage->setVisible(type == AuthenticationType::BearerToken);
    m_ui->oauthPage->setVisible(type == AuthenticationType::OAuth);
    m_ui->bearerEdit->setValue(fields.bearerToken);
    m_ui->scopesEdit->setValues(fields.oauth.scopes);

    const bool sendsLocked = std::any_of(fields.headers.cbegin(), fields.headers.cend(),
                                         [](const HeaderRow &row) { return row.isLocked(); });
    QString hint;
    switch (type) {
    case AuthenticationType::None:
        hint = sendsLocked ? tr("Locked headers are still sent.") : QString();
        break;
    case AuthenticationType::BearerToken:
        hint = tr("Sent as the header Authorization: Bearer …");
        break;
    case AuthenticationType::OAuth:
        hint = tr("A token is fetched with the client’s credentials and kept until it expires.");
        break;
    case AuthenticationType::Custom:
        hint = tr("Locked values are kept in the keychain.");
        break;
    }
    m_ui->hintLabel->setText(hint);
}

QWidget *AuthenticationEdit::open(WebhookDraft::Field field, int row)
{
    using Field = WebhookDraft::Field;
    if (field == Field::ClientAuthentication || field == Field::TokenParameters) {
        m_ui->moreButton->setOpen(true);
    }
    return field == Field::TokenParameters ? m_ui->parametersEdit->widgetOf(row) : widgetOf(field);
}

QWidget *AuthenticationEdit::widgetOf(WebhookDraft::Field field) const
{
    switch (field) {
    case WebhookDraft::Field::Authentication:
        return m_ui->typeComboBox;
    case WebhookDraft::Field::BearerToken:
        return m_ui->bearerEdit->edit();
    case WebhookDraft::Field::ClientId:
        return m_ui->clientIdLineEdit;
    case WebhookDraft::Field::ClientSecret:
        return m_ui->clientSecretEdit->edit();
    case WebhookDraft::Field::TokenEndpointUrl:
        return m_ui->tokenUrlLineEdit;
    case WebhookDraft::Field::Scopes:
        return m_ui->scopesEdit->edit();
    case WebhookDraft::Field::ClientAuthentication:
        return m_ui->clientAuthenticationComboBox;
    default:
        return nullptr;
    }
}

} // namespace Tocsin

#include "moc_authenticationedit.cpp"
