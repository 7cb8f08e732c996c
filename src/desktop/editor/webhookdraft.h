// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "aside.h"
#include "bodycheck.h"
#include "engine.h"
#include "problem.h"
#include "secretplaces.h"
#include "webhook.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <optional>
#include <set>
#include <utility>

namespace Tocsin {

/// One row of the Headers table.
struct HeaderRow
{
    QString name;
    QString value;
    std::optional<bool> locked; ///< chosen with the lock; unset: as looksSecret() says of the name

    bool isLocked() const;
    bool isBlank() const { return name.isEmpty() && value.isEmpty(); }
    bool wantsValue() const; ///< it is named, and its value is left to its owner, as by a preset
    bool isStored() const; ///< the value is a reference to a secret in the keychain
    bool operator==(const HeaderRow &) const = default;
};

/// A secret that URL, body template or token endpoint's URL refer to: it has a field of its own in the form.
struct SecretRow
{
    QString key;
    QString name; ///< of the parameter or member where it stands; empty: the URL's path
    bool isOfTokenEndpoint = false; ///< else of the URL or the body template
    QString typed; ///< what is to take its place
    bool isAsked = false; ///< by a preset: there is no such secret before one is typed

    bool operator==(const SecretRow &) const = default;
};

/// The form as it stands, without a window: every field as it was typed, what is wrong with it, and the webhook it
/// makes. Problems are found shortly after the last change (or at once when asked for), and are shown from the first
/// edit of their field on, or all of them after showAllProblems(). A large body template is checked in another thread:
/// until that has come to its end, nothing is said about it, but to who asks for firstError().
class WebhookDraft : public QObject
{
    Q_OBJECT

public:
    /// In the form's order, which is also the order in which problems take the focus.
    enum class Field {
        Name,
        Active,
        Method,
        Url,
        BodyTemplate,
        Secrets, ///< those that URL, body template and token endpoint's URL refer to
        Authentication,
        BearerToken,
        ClientId,
        ClientSecret,
        TokenEndpointUrl,
        Scopes,
        ClientAuthentication,
        TokenParameters, ///< of the parameter in a row
        Headers,
        Integrations,
        Types,
        Statuses,
        Timeout,
        JsonPath, ///< of the validator in a row
        ExpectedValues, ///< of the validator in a row
        FailureMessage,
        Retries,
        Concurrency,
        Rate,
        Keep,
        Settle,
        MaximumAge,
        CaCertificates,
        ClientCertificate,
        ClientKey,
        SigningSecret,
        PreviousSigningSecret,
        Other ///< what no field of the form stands for
    };
    Q_ENUM(Field)

    /// Every field of the form. Numbers and durations are the text that was typed.
    struct Fields
    {
        QString name;
        bool active = true;
        HttpMethod method = HttpMethod::Post;
        QString url;
        QString bodyTemplate;
        QSet<QString> keptAsText; ///< places that Save does not lift: SecretPlace::what
        QHash<QString, QString> typedSecrets; ///< by key, see SecretRow
        QStringList askedSecrets; ///< keys, see SecretRow
        AuthenticationType authentication = AuthenticationType::None;
        QString bearerToken;
        OAuthClientCredentials oauth;
        QList<HeaderRow> headers;
        Filters filters;
        QString timeout;
        QList<ResponseValidator> validators;
        QString failureMessage;
        QString retries;
        QString concurrency;
        QString rate; ///< empty: none, as in the next two
        KeptEvents keep = KeptEvents::Every;
        QString settle;
        QString maximumAge;
        QString caCertificates;
        QString clientCertificate;
        QString clientKey;
        QString signingSecret;
        QString previousSigningSecret;

        bool operator==(const Fields &) const = default;
    };

    explicit WebhookDraft(QObject *parent = nullptr);

    /// Starts over from `webhook`: nothing edited, nothing modified. Emits loaded(), and changed() for no field.
    void load(const Webhook &webhook, const QSet<QString> &keptAsText = {});
    /// Takes over what a preset or another document says about the request, as if it had been typed: everything but id,
    /// name, status and filters; of these only the statuses, where it names some. Of the rules of delivery, which are
    /// its owner's, those that it sets. The secrets that have rows (secretRows()) are asked for.
    void fillFrom(const Webhook &webhook);

    const Fields &fields() const { return m_fields; }
    /// Puts back what was there before fillFrom().
    void restore(const Fields &fields);
    QString id() const { return m_id; }

    void setName(const QString &name);
    void setActive(bool active);
    void setMethod(HttpMethod method);
    void setUrl(const QString &url);
    void setBodyTemplate(const QString &text);
    void setKeptAsText(const QString &what, bool isKept);
    void setTypedSecret(const QString &key, const QString &value); ///< empty: as before
    /// Between Bearer Token and Custom the Authorization header moves between its field and the table; whatever was
    /// typed for another type is kept.
    void setAuthentication(AuthenticationType type);
    void setBearerToken(const QString &token);
    void setClientId(const QString &id);
    void setClientSecret(const QString &secret);
    void setTokenEndpointUrl(const QString &url);
    void setScopes(const QStringList &scopes);
    void setClientAuthentication(ClientAuthentication authentication);
    void setTokenParameters(const QList<TokenParameter> &rows); ///< blank ones count for nothing
    void setHeaders(const QList<HeaderRow> &rows);
    void setIntegrations(const QStringList &ids);
    void setTypes(const QStringList &types);
    void setStatuses(const QList<IntegrationStatus> &statuses);
    void setTimeout(const QString &seconds);
    int addValidator(); ///< the new row
    void removeValidator(int row);
    void setJsonPath(int row, const QString &path);
    void setExpectedValues(int row, const QStringList &values);
    /// Expects `value` at `path`: in the validator that has that path, or in a new one, whose row it returns. Emits
    /// loaded().
    int addExpectation(const QString &path, const QString &value);
    void setFailureMessage(const QString &message);
    void setRetries(const QString &delays);
    void setConcurrency(const QString &number);
    void setRate(const QString &number);
    void setKeep(KeptEvents kept);
    void setSettle(const QString &duration);
    void setMaximumAge(const QString &duration);
    void setCaCertificates(const QString &pem);
    void setClientCertificate(const QString &pem);
    void setClientKey(const QString &pem);
    void setSigningSecret(const QString &secret);
    void setPreviousSigningSecret(const QString &secret);

    /// The secrets that stand literally in Url, BodyTemplate or (with OAuth) TokenEndpointUrl: Save lifts those that
    /// can be lifted and are not keptAsText.
    QList<SecretPlace> literalSecrets(Field field) const;
    QList<SecretRow> secretRows() const;

    /// The webhook as far as the fields make one (a number that is not one is left at its default).
    Webhook toWebhook() const;
    WebhookInput toInput() const;

    /// Everything wrong with a field; for the fields that have rows, of one row, or of all with -1.
    Problems problemsFor(Field field, int row = -1) const;
    /// The same, but nothing before the field was edited.
    Problems shownProblems(Field field, int row = -1) const;
    struct PlacedProblem
    {
        Field field = Field::Other;
        int row = -1; ///< -1 where the field has no rows, or none of them is meant
        Problem problem;
    };
    /// What the form is to be used for: a Test has no need of a name, filters or retries.
    enum class Purpose { Save, Test };
    std::optional<PlacedProblem> firstError(Purpose purpose = Purpose::Save) const;
    int errorCount() const;
    bool isReady() const; ///< no errors: it can be saved
    /// The field and row that a place in the document stands for (as in Problem::field).
    PlacedProblem place(const Problem &problem) const;

    /// Where a preset left something to its owner: what is empty, or stands in capitals ("YOUR-TOKEN").
    struct Blank
    {
        Field field = Field::Other;
        int row = -1; ///< as in PlacedProblem
    };
    std::optional<Blank> firstBlank() const; ///< in the order of the form

    void showAllProblems();
    /// A problem that only the store or the keychain could find; it goes away with the next change of its field.
    /// Returns that field.
    Field addProblem(const Problem &problem);

    bool isModified() const { return m_fields != m_baseline; }
    /// Counts the changes, so that a late answer can be told from one for the form as it is.
    int revision() const { return m_revision; }

Q_SIGNALS:
    void loaded();
    void changed(Tocsin::WebhookDraft::Field field);
    void problemsChanged();

private:
    template <typename T>
    void set(T &member, const T &value, Field field);
    void touch(Field field, int row = -1);
    void noteChange(Field field);
    Fields read(const Webhook &webhook) const;
    void keepDeliveryRules(Fields &filled) const;
    bool isBodyChecked() const { return m_body.bodyTemplate == m_fields.bodyTemplate; }
    bool isBodyLarge() const;
    void takeBodyCheck(const BodyCheck &check) const;
    void checkBodyNow() const;
    void announceAll();
    void announceProblems();
    /// As far as they are known: see isBodyChecked().
    const QList<PlacedProblem> &problems() const;
    QList<SecretPlace> bodyPlaces() const;
    QList<PlacedProblem> findProblems() const;
    bool hasAuthorizationRow() const;

    QString m_id;
    Fields m_fields;
    Fields m_baseline;
    std::set<std::pair<Field, int>> m_touched;
    bool m_allShown = false;
    QList<PlacedProblem> m_added;
    mutable std::optional<QList<PlacedProblem>> m_problems;
    Aside m_checking;
    mutable BodyCheck m_body; ///< of the template as it was when it was last checked
    QTimer m_timer;
    int m_revision = 0;
};

} // namespace Tocsin
