// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secretstore.h"

#include <functional>
#include <memory>

namespace Tocsin {

/// What the keychain's own service says about itself, in a value and in words (empty for Available).
struct KeychainState
{
    SecretAvailability availability = SecretAvailability::Available;
    Sentence message{};
};

/// Asks the keychain's service what a job of QtKeychain cannot tell: is it there, has it a place for secrets, is that
/// locked. Every call is asynchronous and answers on the calling thread, unless this is destroyed first. On platforms
/// without the Secret Service API the keychain is always Available.
class SecretService : public QObject
{
    Q_OBJECT

public:
    static constexpr SentenceMaker say{"Tocsin::SecretService"};

    using Answer = std::function<void(const KeychainState &)>;

    explicit SecretService(QObject *parent = nullptr);
    ~SecretService() override;

    /// Never puts a prompt on the screen.
    void ask(Answer answer);

    /// Asks the keychain's owner to unlock it and answers with the state after that: Denied where the prompt was
    /// closed. One at a time. There is no taking the prompt back: gnome-keyring 42 crashes when told to.
    void unlock(Answer answer);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tocsin
