// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "curlmulti.h"

#include "curlreply.h"

#include <QSocketNotifier>

#include <unistd.h>

#include <chrono>
#include <mutex>
#include <utility>

namespace Tocsin {

namespace {

constexpr long idleConnectionsKept = 256;
constexpr std::size_t idleHandlesKept = 64;
constexpr std::chrono::milliseconds longestHearing{1000}; // who says nothing by then has no objection

CurlMulti &multiOf(void *owner)
{
    return *static_cast<CurlMulti *>(owner);
}

void initializeOnce()
{
    static std::once_flag flag;
    std::call_once(flag, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

} // namespace

CurlMulti::CurlMulti(std::shared_ptr<const TrustedAuthorities> authorities, QObject *parent)
    : QObject(parent)
    , m_authorities(std::move(authorities))
{
    initializeOnce();
    m_share = curl_share_init();
    curl_share_setopt(m_share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
    m_multi = curl_multi_init();
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, idleConnectionsKept);
    curl_multi_setopt(
        m_multi, CURLMOPT_SOCKETFUNCTION, +[](CURL *, curl_socket_t socket, int what, void *owner, void *) {
            multiOf(owner).watch(socket, what);
            return 0;
        });
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(
        m_multi, CURLMOPT_TIMERFUNCTION, +[](CURLM *, long milliseconds, void *owner) {
            multiOf(owner).setTimer(milliseconds);
            return 0;
        });
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_start.setSingleShot(true);
    m_start.setInterval(0);
    for (auto *timer : {&m_timer, &m_start}) {
        connect(timer, &QTimer::timeout, this, [this] { act(CURL_SOCKET_TIMEOUT, 0); });
    }
}

CurlMulti::~CurlMulti()
{
    m_hearing.clear(); // before its sockets are closed
    for (const auto &[reply, easy] : m_running) {
        curl_multi_remove_handle(m_multi, easy);
        curl_easy_cleanup(easy);
    }
    for (auto *easy : m_idle) {
        curl_easy_cleanup(easy);
    }
    curl_multi_cleanup(m_multi);
    curl_share_cleanup(m_share);
}

bool CurlMulti::add(CurlReply *reply)
{
    auto *easy = takeEasy();
    if (!reply->transfer().prepare(easy)) {
        reply->transfer().finish(easy, CURLE_OK);
        giveBack(easy);
        return false;
    }
    curl_easy_setopt(easy, CURLOPT_PRIVATE, reply);
    curl_easy_setopt(easy, CURLOPT_SHARE, m_share);
    curl_easy_setopt(
        easy, CURLOPT_CLOSESOCKETFUNCTION, +[](void *owner, curl_socket_t socket) {
            multiOf(owner).forget(socket);
            return ::close(socket);
        });
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
    m_running.emplace(reply, easy);
    curl_multi_add_handle(m_multi, easy);
    return true;
}

void CurlMulti::remove(CurlReply *reply)
{
    const auto found = m_running.find(reply);
    if (found == m_running.end()) {
        return;
    }
    auto *easy = found->second;
    m_running.erase(found);
    m_hearing.erase(reply);
    curl_multi_remove_handle(m_multi, easy);
    giveBack(easy);
}

void CurlMulti::noteProgress(CurlReply *reply)
{
    if (m_progressed.empty() || m_progressed.back() != reply) {
        m_progressed.emplace_back(reply);
    }
}

void CurlMulti::watch(curl_socket_t socket, int what)
{
    auto &watched = m_sockets[socket];
    const auto notify = [this, socket](std::unique_ptr<QSocketNotifier> &notifier, QSocketNotifier::Type type,
                                       int action, bool isWanted) {
        if (!notifier && isWanted) {
            notifier = std::make_unique<QSocketNotifier>(socket, type);
            connect(notifier.get(), &QSocketNotifier::activated, this, [this, socket, action] { act(socket, action); });
        } else if (notifier && notifier->isEnabled() != isWanted) {
            notifier->setEnabled(isWanted);
        }
    };
    notify(watched.reading, QSocketNotifier::Read, CURL_CSELECT_IN, what == CURL_POLL_IN || what == CURL_POLL_INOUT);
    notify(watched.writing, QSocketNotifier::Write, CURL_CSELECT_OUT, what == CURL_POLL_OUT || what == CURL_POLL_INOUT);
}

/// A notifier may be the one that is at work: it goes when the event loop comes round.
void CurlMulti::forget(curl_socket_t socket)
{
    const auto found = m_sockets.find(socket);
    if (found == m_sockets.end()) {
        return;
    }
    for (auto *notifier : {&found->second.reading, &found->second.writing}) {
        if (*notifier) {
            (*notifier)->setEnabled(false);
            notifier->release()->deleteLater();
        }
    }
    m_sockets.erase(found);
}

void CurlMulti::setTimer(long milliseconds)
{
    if (milliseconds < 0) {
        m_timer.stop();
    } else if (milliseconds == 0) {
        m_start.start();
    } else {
        m_timer.start(std::chrono::milliseconds(milliseconds));
    }
}

void CurlMulti::act(curl_socket_t socket, int what)
{
    int running = 0;
    curl_multi_socket_action(m_multi, socket, what, &running);
    tell();
}

/// libcurl's turn is over: what has come is told, and what has ended ends.
void CurlMulti::tell()
{
    int left = 0;
    while (const auto *message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE) {
            continue;
        }
        auto *easy = message->easy_handle;
        const auto result = message->data.result;
        char *owner = nullptr;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &owner);
        auto *reply = reinterpret_cast<CurlReply *>(owner);
        if (result == CURLE_OK && reply->transfer().wantsToHear()) {
            hear(reply, easy);
            continue;
        }
        m_running.erase(reply);
        if (reply->transfer().wantsToBeginAnew()) {
            curl_multi_remove_handle(m_multi, easy);
            giveBack(easy);
            if (add(reply)) {
                continue;
            }
        } else {
            end(reply, easy, result);
            continue;
        }
        reply->setEnded();
        noteProgress(reply);
    }
    const QPointer<CurlMulti> self(this);
    const auto progressed = std::exchange(m_progressed, {});
    for (const auto &reply : progressed) {
        if (reply) {
            reply->tell();
        }
        if (!self) {
            return;
        }
    }
}

void CurlMulti::end(CurlReply *reply, CURL *easy, CURLcode result)
{
    reply->transfer().finish(easy, result);
    curl_multi_remove_handle(m_multi, easy);
    giveBack(easy);
    reply->setEnded();
    noteProgress(reply);
}

void CurlMulti::hear(CurlReply *reply, CURL *easy)
{
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &socket);
    auto &hearing = m_hearing[reply];
    hearing.reading = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Read);
    connect(hearing.reading.get(), &QSocketNotifier::activated, this, [this, reply, easy] {
        char byte = 0;
        size_t size = 0;
        const auto result = curl_easy_recv(easy, &byte, 1, &size);
        const bool isEnded = result == CURLE_OK && size == 0;
        endHearing(reply, isEnded ? CURLE_GOT_NOTHING : result == CURLE_AGAIN ? CURLE_OK : result);
    });
    hearing.end = std::make_unique<QTimer>();
    hearing.end->setSingleShot(true);
    connect(hearing.end.get(), &QTimer::timeout, this, [this, reply] { endHearing(reply, CURLE_OK); });
    hearing.end->start(longestHearing);
}

/// The notifier or the timer may be the one that is at work: they go when the event loop comes round.
void CurlMulti::endHearing(CurlReply *reply, CURLcode result)
{
    auto heard = m_hearing.extract(reply);
    const auto running = m_running.extract(reply);
    if (heard.empty() || running.empty()) {
        return;
    }
    auto &[reading, timer] = heard.mapped();
    reading->setEnabled(false);
    timer->stop();
    reading.release()->deleteLater();
    timer.release()->deleteLater();
    end(reply, running.mapped(), result);
    tell();
}

CURL *CurlMulti::takeEasy()
{
    if (m_idle.empty()) {
        return curl_easy_init();
    }
    auto *easy = m_idle.back();
    m_idle.pop_back();
    return easy;
}

void CurlMulti::giveBack(CURL *easy)
{
    if (m_idle.size() >= idleHandlesKept) {
        curl_easy_cleanup(easy);
        return;
    }
    curl_easy_reset(easy);
    m_idle.push_back(easy);
}

} // namespace Tocsin

#include "moc_curlmulti.cpp"
