<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Tocsin::BodyTemplate</name>
    <message numerus="yes">
        <source>Objects and arrays stand in one another more than %n deep.</source>
        <translation>
            <numerusform>Objects and arrays stand in one another more than %n level deep.</numerusform>
            <numerusform>Objects and arrays stand in one another more than %n levels deep.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Blocks stand in one another more than %n deep.</source>
        <translation>
            <numerusform>Blocks stand in one another more than %n level deep.</numerusform>
            <numerusform>Blocks stand in one another more than %n levels deep.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&quot;%1&quot; goes above the event: there are %n block(s) around it that change the context.</source>
        <translation>
            <numerusform>&quot;%1&quot; goes above the event: there is %n block around it that changes the context.</numerusform>
            <numerusform>&quot;%1&quot; goes above the event: there are %n blocks around it that change the context.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Subexpressions stand in one another more than %n deep.</source>
        <translation>
            <numerusform>Subexpressions stand in one another more than %n deep.</numerusform>
            <numerusform>Subexpressions stand in one another more than %n deep.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>map takes no more than %n name(s).</source>
        <translation>
            <numerusform>map takes no more than %n name.</numerusform>
            <numerusform>map takes no more than %n names.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::CheckJob</name>
    <message numerus="yes">
        <source>%n secret(s) can be read.</source>
        <translation>
            <numerusform>%n secret can be read.</numerusform>
            <numerusform>%n secrets can be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The secret %1 is a token that is valid until %2: %n day(s) left.</source>
        <translation>
            <numerusform>The secret %1 is a token that is valid until %2: %n day left.</numerusform>
            <numerusform>The secret %1 is a token that is valid until %2: %n days left.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::ClosingWindow</name>
    <message numerus="yes">
        <source>Ending %n request(s) on the wire.</source>
        <translation>
            <numerusform>Ending %n request on the wire.</numerusform>
            <numerusform>Ending %n requests on the wire.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::ConnectionCheck</name>
    <message numerus="yes">
        <source>%1 is valid until %2: %n day(s) left.</source>
        <translation>
            <numerusform>%1 is valid until %2: %n day left.</numerusform>
            <numerusform>%1 is valid until %2: %n days left.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A token was given, for %n second(s).</source>
        <translation>
            <numerusform>A token was given, for %n second.</numerusform>
            <numerusform>A token was given, for %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::Database</name>
    <message numerus="yes">
        <source>The database %1 is busy: another program has kept it from being written for %n second(s).</source>
        <translation>
            <numerusform>The database %1 is busy: another program has kept it from being written for %n second.</numerusform>
            <numerusform>The database %1 is busy: another program has kept it from being written for %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::DeathCauseRow</name>
    <message numerus="yes">
        <source>Replay these %Ln</source>
        <comment>deliveries</comment>
        <translation>
            <numerusform>Replay this one</numerusform>
            <numerusform>Replay these %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::DeathNotice</name>
    <message numerus="yes">
        <source>and %n more webhook(s)</source>
        <translation>
            <numerusform>and %n more webhook</numerusform>
            <numerusform>and %n more webhooks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln deliveries to %1 are dead</source>
        <translation>
            <numerusform>%Ln delivery to %1 is dead</numerusform>
            <numerusform>%Ln deliveries to %1 are dead</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln deliveries are dead</source>
        <translation>
            <numerusform>%Ln delivery is dead</numerusform>
            <numerusform>%Ln deliveries are dead</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliveriesChart</name>
    <message numerus="yes">
        <source>%Ln delivered</source>
        <comment>deliveries</comment>
        <translation>
            <numerusform>%Ln delivered</numerusform>
            <numerusform>%Ln delivered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed attempt(s)</source>
        <translation>
            <numerusform>%Ln failed attempt</numerusform>
            <numerusform>%Ln failed attempts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln dead</source>
        <comment>deliveries</comment>
        <translation>
            <numerusform>%Ln dead</numerusform>
            <numerusform>%Ln dead</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %Ln matches</source>
        <translation>
            <numerusform>The newest match</numerusform>
            <numerusform>The newest %Ln matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliveriesPage</name>
    <message numerus="yes">
        <source>&amp;Replay %Ln Selected</source>
        <comment>deliveries</comment>
        <translation>
            <numerusform>&amp;Replay %Ln Selected</numerusform>
            <numerusform>&amp;Replay %Ln Selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing was copied: more than %Ln deliveries are selected.</source>
        <translation>
            <numerusform>Nothing was copied: more than %Ln deliveries are selected.</numerusform>
            <numerusform>Nothing was copied: more than %Ln deliveries are selected.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliveryCommands</name>
    <message numerus="yes">
        <source>Replay %Ln deliveries?</source>
        <translation>
            <numerusform>Replay %Ln delivery?</numerusform>
            <numerusform>Replay %Ln deliveries?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replay all %Ln dead deliveries of %1?</source>
        <translation>
            <numerusform>Replay %Ln dead delivery of %1?</numerusform>
            <numerusform>Replay all %Ln dead deliveries of %1?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln deliveries will be sent again.</source>
        <translation>
            <numerusform>%Ln delivery will be sent again.</numerusform>
            <numerusform>%Ln deliveries will be sent again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replay these %Ln dead deliveries of %1?</source>
        <translation>
            <numerusform>Replay this dead delivery of %1?</numerusform>
            <numerusform>Replay these %Ln dead deliveries of %1?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::DeliveryReplayCommand</name>
    <message numerus="yes">
        <source>and %Ln more webhooks</source>
        <translation>
            <numerusform>and %Ln more webhook</numerusform>
            <numerusform>and %Ln more webhooks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replay %Ln deliveries that are %1 (%2)?</source>
        <translation>
            <numerusform>Replay %Ln delivery that is %1 (%2)?</numerusform>
            <numerusform>Replay %Ln deliveries that are %1 (%2)?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::EditorPage</name>
    <message numerus="yes">
        <source>The webhook is not saved: %n field(s) need a change.</source>
        <translation>
            <numerusform>The webhook is not saved: %n field needs a change.</numerusform>
            <numerusform>The webhook is not saved: %n fields need a change.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::EmitCommand</name>
    <message numerus="yes">
        <source>Storing %n event(s)</source>
        <translation>
            <numerusform>Storing %n event</numerusform>
            <numerusform>Storing %n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::FilterSentence</name>
    <message numerus="yes">
        <source>One of %n integration(s)</source>
        <translation>
            <numerusform>The chosen integration</numerusform>
            <numerusform>One of %n integrations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>none of the %Ln known matches.</source>
        <translation>
            <numerusform>none of the %Ln known matches.</numerusform>
            <numerusform>none of the %Ln known matches.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>one of the %Ln known matches.</source>
        <translation>
            <numerusform>one of the %Ln known matches.</numerusform>
            <numerusform>one of the %Ln known matches.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>all of the %Ln known match.</source>
        <translation>
            <numerusform>all of the %Ln known match.</numerusform>
            <numerusform>all of the %Ln known match.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%L1 of the %Ln known match.</source>
        <translation>
            <numerusform>%L1 of the %Ln known match.</numerusform>
            <numerusform>%L1 of the %Ln known match.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::FindBar</name>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::Format</name>
    <message numerus="yes">
        <source>%Ln bytes</source>
        <translation>
            <numerusform>%Ln byte</numerusform>
            <numerusform>%Ln bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::HumanTime</name>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::IntegrationWords</name>
    <message numerus="yes">
        <source>%n webhook(s) fire.</source>
        <translation>
            <numerusform>%n webhook fires.</numerusform>
            <numerusform>%n webhooks fire.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::IntegrationsModel</name>
    <message numerus="yes">
        <source>%1 (and %n more)</source>
        <translation>
            <numerusform>%1 (and %n more)</numerusform>
            <numerusform>%1 (and %n more)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n webhook(s)</source>
        <translation>
            <numerusform>%n webhook</numerusform>
            <numerusform>%n webhooks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::InvocationPanel</name>
    <message numerus="yes">
        <source>It went out %Ln times.</source>
        <translation>
            <numerusform>It went out %Ln time.</numerusform>
            <numerusform>It went out %Ln times.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::InvocationReport</name>
    <message numerus="yes">
        <source>Validators saw U+FFFD in place of %n escape(s) of half a character, a lone surrogate.</source>
        <translation>
            <numerusform>Validators saw U+FFFD in place of %n escape of half a character, a lone surrogate.</numerusform>
            <numerusform>Validators saw U+FFFD in place of %n escapes of half a character, a lone surrogate.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>sent %n times</source>
        <translation>
            <numerusform>sent %n times</numerusform>
            <numerusform>sent %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::IssuesEdit</name>
    <message numerus="yes">
        <source>%n issue(s)</source>
        <translation>
            <numerusform>%n issue</numerusform>
            <numerusform>%n issues</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::MainWindow</name>
    <message numerus="yes">
        <source>%Ln dead</source>
        <comment>deliveries</comment>
        <translation>
            <numerusform>%Ln dead</numerusform>
            <numerusform>%Ln dead</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is saved; %Ln of its deliveries are dead.</source>
        <translation>
            <numerusform>%1 is saved; %Ln of its deliveries is dead.</numerusform>
            <numerusform>%1 is saved; %Ln of its deliveries are dead.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::MuteMenu</name>
    <message numerus="yes">
        <source>Nothing is sent to these %n webhooks &amp;until:</source>
        <translation>
            <numerusform>Nothing is sent to this %n webhook &amp;until:</numerusform>
            <numerusform>Nothing is sent to these %n webhooks &amp;until:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::Mutes</name>
    <message numerus="yes">
        <source>%n are muted until %1.</source>
        <translation>
            <numerusform>%n is muted until %1.</numerusform>
            <numerusform>%n are muted until %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are muted until unmuted.</source>
        <translation>
            <numerusform>%n is muted until unmuted.</numerusform>
            <numerusform>%n are muted until unmuted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are not muted any more.</source>
        <translation>
            <numerusform>%n is not muted any more.</numerusform>
            <numerusform>%n are not muted any more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::OAuth</name>
    <message numerus="yes">
        <source>It asks to be asked again after %n second(s).</source>
        <translation>
            <numerusform>It asks to be asked again after %n second.</numerusform>
            <numerusform>It asks to be asked again after %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::ReadableSecrets</name>
    <message numerus="yes">
        <source>%n more like it stay(s) so, too.</source>
        <translation>
            <numerusform>%n more like it stays so, too.</numerusform>
            <numerusform>%n more like it stay so, too.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::ReplayDialog</name>
    <message numerus="yes">
        <source>&amp;Replay %Ln</source>
        <comment>deliveries</comment>
        <translation>
            <numerusform>&amp;Replay %Ln</numerusform>
            <numerusform>&amp;Replay %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There is nothing to replay: the webhooks of these %Ln deliveries were removed.</source>
        <translation>
            <numerusform>There is nothing to replay: the webhook of %Ln delivery was removed.</numerusform>
            <numerusform>There is nothing to replay: the webhooks of these %Ln deliveries were removed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln deliveries will be sent again.</source>
        <translation>
            <numerusform>%Ln delivery will be sent again.</numerusform>
            <numerusform>%Ln deliveries will be sent again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more webhooks</source>
        <translation>
            <numerusform>%Ln more webhook</numerusform>
            <numerusform>%Ln more webhooks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of removed webhooks are left out.</source>
        <translation>
            <numerusform>%Ln of a removed webhook is left out.</numerusform>
            <numerusform>%Ln of removed webhooks are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::SendEventDialog</name>
    <message numerus="yes">
        <source>Accepted, %n webhook(s) fire.</source>
        <translation>
            <numerusform>Accepted, %n webhook fires.</numerusform>
            <numerusform>Accepted, %n webhooks fire.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::Service</name>
    <message numerus="yes">
        <source>tocsinctl: %n waiting deliveries to &quot;%1&quot; are dead: %2</source>
        <translation>
            <numerusform>tocsinctl: %n waiting delivery to &quot;%1&quot; is dead: %2</numerusform>
            <numerusform>tocsinctl: %n waiting deliveries to &quot;%1&quot; are dead: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::SpanText</name>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::TokenExchange</name>
    <message numerus="yes">
        <source>The answer has %n escape(s) of half a character (a lone surrogate), read as U+FFFD.</source>
        <translation>
            <numerusform>The answer has %n escape of half a character (a lone surrogate), read as U+FFFD.</numerusform>
            <numerusform>The answer has %n escapes of half a character (a lone surrogate), read as U+FFFD.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::Troubleshooting</name>
    <message numerus="yes">
        <source>%1 took longer than %n second(s), %2.</source>
        <translation>
            <numerusform>%1 took longer than %n second, %2.</numerusform>
            <numerusform>%1 took longer than %n seconds, %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The request went out %Ln times, and no whole answer came back.</source>
        <translation>
            <numerusform>The request went out %Ln time, and no whole answer came back.</numerusform>
            <numerusform>The request went out %Ln times, and no whole answer came back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::ValidatorText</name>
    <message numerus="yes">
        <source>The response has %n escape(s) of half a character (a lone surrogate): validators saw U+FFFD there.</source>
        <translation>
            <numerusform>The response has %n escape of half a character (a lone surrogate): validators saw U+FFFD there.</numerusform>
            <numerusform>The response has %n escapes of half a character (a lone surrogate): validators saw U+FFFD there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::ValidatorTroubleshooting</name>
    <message numerus="yes">
        <source>The target answered %1, and %n response validator(s) passed.</source>
        <translation>
            <numerusform>The target answered %1, and %n response validator passed.</numerusform>
            <numerusform>The target answered %1, and %n response validators passed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::VerdictStrip</name>
    <message numerus="yes">
        <source>%1 of %Ln validators passed</source>
        <translation>
            <numerusform>%1 of %Ln validator passed</numerusform>
            <numerusform>%1 of %Ln validators passed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookCommands</name>
    <message numerus="yes">
        <source>Deleted %n webhook(s).</source>
        <translation>
            <numerusform>Deleted %n webhook.</numerusform>
            <numerusform>Deleted %n webhooks.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Imported %n webhook(s) from %1.</source>
        <translation>
            <numerusform>Imported %n webhook from %1.</numerusform>
            <numerusform>Imported %n webhooks from %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exported %n webhook(s) to %1; their secrets stay in the keychain.</source>
        <translation>
            <numerusform>Exported %n webhook to %1; its secrets stay in the keychain.</numerusform>
            <numerusform>Exported %n webhooks to %1; their secrets stay in the keychain.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting deliveries are dead now.</source>
        <translation>
            <numerusform>%Ln waiting delivery is dead now.</numerusform>
            <numerusform>%Ln waiting deliveries are dead now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It has %n more faults.</source>
        <translation>
            <numerusform>It has %n more fault.</numerusform>
            <numerusform>It has %n more faults.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln statuses will be sent.</source>
        <translation>
            <numerusform>%Ln status will be sent.</numerusform>
            <numerusform>%Ln statuses will be sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln statuses will be sent to %1.</source>
        <translation>
            <numerusform>%Ln status will be sent to %1.</numerusform>
            <numerusform>%Ln statuses will be sent to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tocsin::WebhookRules</name>
    <message numerus="yes">
        <source>Integration Webhook Name has %n character(s), the most are 64.</source>
        <translation>
            <numerusform>Integration Webhook Name has %n character, the most are 64.</numerusform>
            <numerusform>Integration Webhook Name has %n characters, the most are 64.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are %n header(s), the most are 64.</source>
        <translation>
            <numerusform>There is %n header, the most are 64.</numerusform>
            <numerusform>There are %n headers, the most are 64.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are %n retry delay(s), the most are 20.</source>
        <translation>
            <numerusform>There is %n retry delay, the most are 20.</numerusform>
            <numerusform>There are %n retry delays, the most are 20.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are %n response validator(s), the most are 64.</source>
        <translation>
            <numerusform>There is %n response validator, the most are 64.</numerusform>
            <numerusform>There are %n response validators, the most are 64.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are %n expected value(s), the most are 64.</source>
        <translation>
            <numerusform>There is %n expected value, the most are 64.</numerusform>
            <numerusform>There are %n expected values, the most are 64.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are %n more parameter(s), the most are 16.</source>
        <translation>
            <numerusform>There is %n more parameter, the most are 16.</numerusform>
            <numerusform>There are %n more parameters, the most are 16.</numerusform>
        </translation>
    </message>
</context>
</TS>
