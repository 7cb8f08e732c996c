<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Tocsin::AccessibleComboBox</name>
    <message>
        <source>Open the list of choices</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tocsin::BusyIndicator</name>
    <message>
        <source>Under way</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tocsin::CertificateAuthority</name>
    <message>
        <source>The certificate could not be made: OpenSSL said “%1”.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tocsin::CodeEditor</name>
    <message>
        <source>Line %1, column %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select All</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tocsin::Format</name>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 KiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 MiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln bytes</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <comment>day and month, as QDateTime::toString takes it</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>a day, as QDate::toString takes it</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>a day written out, as QDate::toString takes it</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tocsin::MessageBar</name>
    <message>
        <source>Close message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close message (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tocsin::Receiver</name>
    <message>
        <source>Tocsin throw-away authority</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The receiver cannot listen on %1: the port is taken, or the address is not one of this machine.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tocsin::ToggleSwitch</name>
    <message>
        <source>On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
