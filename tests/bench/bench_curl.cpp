// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a bare loop over libcurl's multi interface posts, 64 at a time and nothing kept: the measure for a delivery, and
// with `names` for one to a host that nothing was sent to before. One line in for each round ("post N" or "names N"),
// one line out: nanoseconds a request. A `%d` in the URL is the request's number.
#include <curl/curl.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace {

constexpr long inFlight = 64;

std::string contents(const char *path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        std::fprintf(stderr, "cannot read %s\n", path);
        std::exit(2);
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

size_t passOver(char *, size_t, size_t size, void *)
{
    return size;
}

class Posting
{
public:
    Posting(std::string url, const char *authority, std::string body)
        : m_url(std::move(url))
        , m_body(std::move(body))
        , m_authority(contents(authority))
        , m_fields(curl_slist_append(nullptr, "Content-Type: application/json"))
    {
    }

    ~Posting() { curl_slist_free_all(m_fields); }
    Posting(const Posting &) = delete;
    Posting &operator=(const Posting &) = delete;

    void run(long count)
    {
        auto *multi = curl_multi_init();
        std::vector<CURL *> idle;
        long begun = 0;
        long ended = 0;
        while (ended < count) {
            while (begun < count && begun - ended < inFlight) {
                auto *easy = idle.empty() ? newEasy() : idle.back();
                if (!idle.empty()) {
                    idle.pop_back();
                }
                curl_easy_setopt(easy, CURLOPT_URL, urlOf(begun++).c_str());
                curl_multi_add_handle(multi, easy);
            }
            int running = 0;
            curl_multi_perform(multi, &running);
            int left = 0;
            while (const auto *message = curl_multi_info_read(multi, &left)) {
                auto *easy = message->easy_handle;
                if (message->data.result != CURLE_OK) {
                    std::fprintf(stderr, "%s\n", curl_easy_strerror(message->data.result));
                    std::exit(1);
                }
                curl_multi_remove_handle(multi, easy);
                idle.push_back(easy);
                ++ended;
            }
            if (ended < count && running > 0) {
                curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
            }
        }
        for (auto *easy : idle) {
            curl_easy_cleanup(easy);
        }
        curl_multi_cleanup(multi);
    }

private:
    std::string urlOf(long number) const
    {
        auto url = m_url;
        if (const auto at = url.find("%d"); at != std::string::npos) {
            url.replace(at, 2, std::to_string(number));
        }
        return url;
    }

    CURL *newEasy() const
    {
        auto *easy = curl_easy_init();
        curl_blob authority{.data = const_cast<char *>(m_authority.data()), .len = m_authority.size(), .flags = 0};
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
        curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &authority);
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, m_fields);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(m_body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, m_body.data());
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, passOver);
        return easy;
    }

    const std::string m_url;
    const std::string m_body;
    const std::string m_authority;
    curl_slist *m_fields;
};

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 4) {
        std::fprintf(stderr, "bench_curl URL AUTHORITY BODY\n");
        return 2;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    Posting posting(argv[1], argv[2], contents(argv[3]));
    std::string name;
    long count = 0;
    while (std::cin >> name >> count) {
        const auto start = std::chrono::steady_clock::now();
        posting.run(count);
        const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - start;
        std::printf("%f\n", taken.count() / static_cast<double>(count));
        std::fflush(stdout);
    }
    curl_global_cleanup();
    return 0;
}
