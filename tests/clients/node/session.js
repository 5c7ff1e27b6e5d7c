// A session of two people with the official JavaScript client: node session.js http://HOST:PORT
//
// Ends with status 0 when all of it worked; each step prints its name, so that the last line tells where it stopped.
'use strict';

const assert = require('node:assert');
const NodeWebSocket = require('ws');

const {Client4, WebSocketClient} = require('@mattermost/client');

// What the client finds in a browser and Node 20 lacks.
globalThis.WebSocket ??= NodeWebSocket;
globalThis.CloseEvent ??= class CloseEvent extends Event {
    constructor(name, init) {
        super(name);
        Object.assign(this, init);
    }
};

const url = process.argv[2];
const PASSWORD = 'Passwd-123456';
const PATIENCE_MS = 20000;
const mark = Date.now().toString(36);
const sockets = [];

console.log = () => {}; // the client tells the console of each connection
const step = (text) => process.stdout.write(`${text}\n`);

class Person {
    constructor(name) {
        this.name = name + mark;
        this.client = new Client4();
        this.client.setUrl(url);
        this.waiting = [];
        this.events = [];
        this.reconnected = 0;
        this.missed = 0;
    }

    async signUpAndIn() {
        await this.client.createUser({email: `${this.name}@example.com`, username: this.name, password: PASSWORD}, '', '');
        this.user = await this.client.login(this.name, PASSWORD);
        assert.strictEqual(this.user.username, this.name);
    }

    // Opens the WebSocket; ready when the server has said hello.
    async connect() {
        this.socket = new WebSocketClient({
            minWebSocketRetryTime: 50,
            reconnectJitterRange: 10,
            newWebSocketFn: (address) => {
                this.transport = new NodeWebSocket(address);
                sockets.push(this.transport);
                return this.transport;
            },
        });
        this.socket.addReconnectListener(() => this.reconnected++);
        this.socket.addMissedMessageListener(() => this.missed++);
        this.socket.addMessageListener((event) => {
            this.events.push(event);
            this.waiting = this.waiting.filter((look) => !look());
        });
        this.socket.initialize(`${url.replace('http', 'ws')}/api/v4/websocket`, this.client.getToken());
        return this.next('hello');
    }

    // The first event of this name, heard or yet to come, that `fits`; it is taken out of those heard.
    next(name, fits = () => true) {
        return this.within(name, (found) => {
            const at = this.events.findIndex((event) => event.event === name && fits(event));
            if (at >= 0) {
                found(this.events.splice(at, 1)[0]);
            }
            return at >= 0;
        });
    }

    // The answer to an action that ends in a callback.
    answer(name, act) {
        return this.within(name, (found) => {
            act(found);
            return true;
        });
    }

    within(what, look) {
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error(`${this.name}: no ${what}`)), PATIENCE_MS);
            const found = (value) => {
                clearTimeout(timer);
                resolve(value);
            };
            if (!look(found)) {
                this.waiting.push(() => look(found));
            }
        });
    }
}

const isPost = (message) => (event) => JSON.parse(event.data.post).message === message;

async function main() {
    const ann = new Person('ann');
    const bob = new Person('bob');

    step('sign up and log in');
    await ann.signUpAndIn();
    await bob.signUpAndIn();
    await assert.rejects(new Person('ann').client.login(ann.name, 'wrong'), {status_code: 401});
    assert.strictEqual((await ann.client.getMe()).id, ann.user.id);
    const config = await ann.client.getClientConfig('');
    assert.strictEqual(config.Version.split('.').length, 3);

    step('a team and a channel');
    const team = await ann.client.createTeam({name: `team-${mark}`, display_name: 'Team', type: 'O'});
    await ann.client.addToTeam(team.id, bob.user.id);
    const channel = await ann.client.createChannel({team_id: team.id, name: 'work', display_name: 'Work', type: 'O'});
    const hello = await ann.connect();
    assert.strictEqual(hello.seq, 0);
    assert.strictEqual(hello.data.connection_id.length, 26);
    await bob.connect();
    await ann.client.addToChannel(bob.user.id, channel.id);
    await bob.next('user_added', (event) => event.data.user_id === bob.user.id);
    const mine = await bob.client.getMyChannels(team.id);
    assert.ok(mine.some((c) => c.id === channel.id));

    step('post, posted, read back');
    const text = `hello @${bob.name} grüße 🎉`;
    const post = await ann.client.createPost({channel_id: channel.id, message: text});
    const posted = await bob.next('posted', isPost(text));
    assert.strictEqual(JSON.parse(posted.data.post).id, post.id);
    assert.deepStrictEqual(JSON.parse(posted.data.mentions), [bob.user.id]);
    assert.strictEqual(posted.broadcast.channel_id, channel.id);
    const page = await bob.client.getPosts(channel.id);
    assert.strictEqual(page.posts[page.order[0]].message, text);

    step('reply, reaction, edit, search');
    const reply = await bob.client.createPost({channel_id: channel.id, message: 'reply', root_id: post.id});
    const thread = await ann.client.getPostThread(post.id);
    assert.deepStrictEqual(new Set(Object.keys(thread.posts)), new Set([post.id, reply.id]));
    await bob.client.addReaction(bob.user.id, post.id, 'heart');
    const reaction = await ann.next('reaction_added');
    assert.strictEqual(JSON.parse(reaction.data.reaction).emoji_name, 'heart');
    await bob.client.patchPost({id: reply.id, message: 'edited'});
    await ann.next('post_edited', isPost('edited'));
    const found = await bob.client.searchPosts(team.id, 'grüße', false);
    assert.deepStrictEqual(found.order, [post.id]);

    step('upload and download a file');
    const content = Buffer.from(Array.from({length: 100000}, (_, i) => i % 251));
    const form = new FormData();
    form.append('channel_id', channel.id);
    form.append('client_ids', 'one');
    form.append('files', new Blob([content]), 'data.bin');
    const uploaded = await ann.client.uploadFile(form);
    assert.deepStrictEqual(uploaded.client_ids, ['one']);
    const [info] = uploaded.file_infos;
    const withFile = await ann.client.createPost({channel_id: channel.id, message: 'a file', file_ids: [info.id]});
    await bob.next('posted', isPost('a file'));
    assert.deepStrictEqual((await bob.client.getFileInfosForPost(withFile.id)).map((f) => f.id), [info.id]);
    const download = await fetch(bob.client.getFileUrl(info.id), {
        headers: {Authorization: `Bearer ${bob.client.getToken()}`},
    });
    assert.ok(content.equals(Buffer.from(await download.arrayBuffer())));

    step('typing and statuses');
    ann.socket.userTyping(channel.id, '');
    const typing = await bob.next('typing');
    assert.strictEqual(typing.data.user_id, ann.user.id);
    const statuses = await bob.answer('statuses', (done) => bob.socket.getStatusesByIds([ann.user.id], done));
    assert.strictEqual(statuses.data[ann.user.id], 'online');
    await ann.client.updateStatus({user_id: ann.user.id, status: 'away'});
    await ann.next('status_change', (event) => event.data.status === 'away');
    assert.strictEqual((await bob.client.getStatus(ann.user.id)).status, 'away');

    step('reconnect and catch up');
    const before = bob.socket.connectionId;
    bob.transport.terminate();
    await ann.client.createPost({channel_id: channel.id, message: 'while you were away'});
    await bob.next('posted', isPost('while you were away'));
    assert.strictEqual(bob.reconnected, 1);
    assert.strictEqual(bob.missed, 0, 'nothing was missed: the line went on');
    assert.strictEqual(bob.socket.connectionId, before);
    await ann.client.createPost({channel_id: channel.id, message: 'and after'});
    await bob.next('posted', isPost('and after'));

    step('log out');
    await bob.client.logout();
    await assert.rejects(bob.client.getMe(), {status_code: 401});
}

main().then(
    () => {
        process.stdout.write('done\n');
        process.exit(0);
    },
    (error) => {
        process.stdout.write(`${error.stack}\n${JSON.stringify(error)}\n`);
        process.exit(1);
    },
);
