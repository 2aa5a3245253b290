<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
    <context>
        <name>fovea::gui::Actions</name>
        <message>
            <source>&amp;Open data…</source>
            <translation>打开数据(&amp;O)…</translation>
        </message>
        <message>
            <source>A file of events: user, item, time</source>
            <translation>事件文件：用户、物品、时间</translation>
        </message>
        <message>
            <source>Open the &amp;sample</source>
            <translation>打开示例(&amp;S)</translation>
        </message>
        <message>
            <source>Made data whose causes are known</source>
            <translation>原因已知的人造数据</translation>
        </message>
        <message>
            <source>Open &amp;workspace…</source>
            <translation>打开工作区(&amp;W)…</translation>
        </message>
        <message>
            <source>Open r&amp;un…</source>
            <translation>打开运行(&amp;U)…</translation>
        </message>
        <message>
            <source>&amp;Attention map…</source>
            <translation>注意力图(&amp;A)…</translation>
        </message>
        <message>
            <source>&amp;Curves…</source>
            <translation>曲线(&amp;C)…</translation>
        </message>
        <message>
            <source>Model as %1…</source>
            <translation>模型（%1）…</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>退出(&amp;Q)</translation>
        </message>
        <message>
            <source>&amp;Train</source>
            <translation>训练(&amp;T)</translation>
        </message>
        <message>
            <source>Train a new run with these settings</source>
            <translation>用这些设置训练一次新的运行</translation>
        </message>
        <message>
            <source>&amp;Pause</source>
            <translation>暂停(&amp;P)</translation>
        </message>
        <message>
            <source>Hold the run before its next step</source>
            <translation>在下一步之前停住</translation>
        </message>
        <message>
            <source>Re&amp;sume</source>
            <translation>继续(&amp;S)</translation>
        </message>
        <message>
            <source>Go on with the run</source>
            <translation>继续这次运行</translation>
        </message>
        <message>
            <source>St&amp;op</source>
            <translation>停止(&amp;O)</translation>
        </message>
        <message>
            <source>End the run; the best epoch is kept</source>
            <translation>结束运行；保留最好的一轮</translation>
        </message>
        <message>
            <source>Step a &amp;batch</source>
            <translation>走一批(&amp;B)</translation>
        </message>
        <message>
            <source>One training step, then hold again</source>
            <translation>训练一步，然后再停住</translation>
        </message>
        <message>
            <source>Step an &amp;epoch</source>
            <translation>走一轮(&amp;E)</translation>
        </message>
        <message>
            <source>To the end of the epoch, then hold again</source>
            <translation>到本轮结束，然后再停住</translation>
        </message>
        <message>
            <source>R&amp;eset</source>
            <translation>重置(&amp;E)</translation>
        </message>
        <message>
            <source>Clear the curves; the run stays on the disk</source>
            <translation>清除曲线；运行仍保留在磁盘上</translation>
        </message>
        <message>
            <source>&amp;Data</source>
            <translation>数据(&amp;D)</translation>
        </message>
        <message>
            <source>Data: what is there</source>
            <translation>数据：有什么</translation>
        </message>
        <message>
            <source>T&amp;rain</source>
            <translation>训练(&amp;R)</translation>
        </message>
        <message>
            <source>Train: settings and curves</source>
            <translation>训练：设置和曲线</translation>
        </message>
        <message>
            <source>&amp;Attention</source>
            <translation>注意力(&amp;A)</translation>
        </message>
        <message>
            <source>Attention: what the heads look at</source>
            <translation>注意力：各头在看什么</translation>
        </message>
        <message>
            <source>&amp;Preferences…</source>
            <translation>首选项(&amp;P)…</translation>
        </message>
        <message>
            <source>&amp;Log</source>
            <translation>日志(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Full screen</source>
            <translation>全屏(&amp;F)</translation>
        </message>
        <message>
            <source>What's &amp;this?</source>
            <translation>这是什么？(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;About Fovea</source>
            <translation>关于 Fovea(&amp;A)</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::AttentionPage</name>
        <message>
            <source>User %1, layer %2, %3; after step %4</source>
            <translation>用户 %1，第 %2 层，%3；第 %4 步之后</translation>
        </message>
        <message>
            <source>mean of heads</source>
            <translation>各头平均</translation>
        </message>
        <message>
            <source>head %1</source>
            <translation>第 %1 头</translation>
        </message>
        <message>
            <source>Open data on the Data page, then train a model.</source>
            <translation>请先在“数据”页打开数据，再训练一个模型。</translation>
        </message>
        <message>
            <source>Train a model on the Train page: its attention appears here, live.</source>
            <translation>请在“训练”页训练一个模型：它的注意力会实时显示在这里。</translation>
        </message>
        <message>
            <source>Pick a user on the left.</source>
            <translation>请在左侧选择一个用户。</translation>
        </message>
        <message>
            <source>Search users or titles</source>
            <translation>搜索用户或标题</translation>
        </message>
        <message>
            <source>Search users by id or by titles in their history</source>
            <translation>按编号或历史中的标题搜索用户</translation>
        </message>
        <message>
            <source>Users</source>
            <translation>用户</translation>
        </message>
        <message>
            <source>&amp;Random</source>
            <translation>随机(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Longest</source>
            <translation>最长(&amp;L)</translation>
        </message>
        <message>
            <source>Most &amp;wrong</source>
            <translation>错得最多(&amp;W)</translation>
        </message>
        <message>
            <source>Users whose validation event the model ranks worst, first</source>
            <translation>把模型对验证事件排名最差的用户排在前面</translation>
        </message>
        <message>
            <source>Users with the longest history first</source>
            <translation>把历史最长的用户排在前面</translation>
        </message>
        <message>
            <source>Any user</source>
            <translation>任意一个用户</translation>
        </message>
        <message>
            <source>&amp;Scale</source>
            <translation>标度(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Colours</source>
            <translation>配色(&amp;C)</translation>
        </message>
        <message>
            <source>Map</source>
            <translation>整图</translation>
        </message>
        <message>
            <source>Each row</source>
            <translation>逐行</translation>
        </message>
        <message>
            <source>Logarithm</source>
            <translation>对数</translation>
        </message>
        <message>
            <source>Sea</source>
            <translation>海</translation>
        </message>
        <message>
            <source>Ember</source>
            <translation>炭火</translation>
        </message>
        <message>
            <source>Grey</source>
            <translation>灰</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>导出(&amp;E)…</translation>
        </message>
        <message>
            <source>What the next recommendation looks at: the last row, newest event first</source>
            <translation>下一次推荐所看的内容：最后一行，最新的事件在前</translation>
        </message>
        <message>
            <source>Rows ask, columns answer; each row sums to 1. Evaluation mode, before dropout. Attention is not by itself an explanation.</source>
            <translation>行提问，列回答；每行之和为 1。评估模式，丢弃之前。注意力本身并不是解释。</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::ConfigForm</name>
        <message>
            <source>Fewer settings</source>
            <translation>较少设置</translation>
        </message>
        <message>
            <source>More settings</source>
            <translation>更多设置</translation>
        </message>
        <message>
            <source>%1 (automatic)</source>
            <translation>%1（自动）</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::CurvePlot</name>
        <message>
            <source>step %1</source>
            <translation>第 %1 步</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::DataPage</name>
        <message>
            <source>No user has three events: there is nothing to validate or test on.</source>
            <translation>没有用户有三个事件：无法验证或测试。</translation>
        </message>
        <message>
            <source>%1 users have fewer than three events: they are not validated or tested on.</source>
            <translation>%1 个用户的事件少于三个：不参与验证和测试。</translation>
        </message>
        <message>
            <source>%1 of %2 test events are of items that no training event shows.</source>
            <translation>%2 个测试事件中有 %1 个的物品从未在训练事件中出现。</translation>
        </message>
        <message>
            <source>%1 events have the time of the event before them: their order is the file's.</source>
            <translation>%1 个事件与前一个事件时间相同：按文件中的顺序排列。</translation>
        </message>
        <message>
            <source>%1 of the test events come before some training event of another user: leave-one-out lets the model see that future.</source>
            <translation>%1 的测试事件早于其他用户的某个训练事件：留一法让模型看到了那个未来。</translation>
        </message>
        <message>
            <source>%1 events</source>
            <translation>%1 个事件</translation>
        </message>
        <message>
            <source>%1 users</source>
            <translation>%1 个用户</translation>
        </message>
        <message>
            <source>%1 items</source>
            <translation>%1 个物品</translation>
        </message>
        <message>
            <source>density %1</source>
            <translation>密度 %1</translation>
        </message>
        <message>
            <source>%1 events a user in the middle, %2 at most</source>
            <translation>每个用户的事件数中位为 %1，最多 %2</translation>
        </message>
        <message>
            <source>%1 to %2</source>
            <translation>%1 至 %2</translation>
        </message>
        <message>
            <source>values %1 to %2</source>
            <translation>取值 %1 至 %2</translation>
        </message>
        <message>
            <source>users</source>
            <translation>个用户</translation>
        </message>
        <message>
            <source>items</source>
            <translation>个物品</translation>
        </message>
        <message>
            <source>events</source>
            <translation>个事件</translation>
        </message>
        <message>
            <source>The file has no times; its order counts.</source>
            <translation>文件没有时间；以其顺序为准。</translation>
        </message>
        <message>
            <source>Split, leave-one-out: %1 events train, the event before the last of %2 users validates, the last one tests.</source>
            <translation>划分（留一法）：%1 个事件用于训练，%2 个用户的倒数第二个事件用于验证，最后一个用于测试。</translation>
        </message>
        <message>
            <source>What do your users look at?</source>
            <translation>您的用户在看什么？</translation>
        </message>
        <message>
            <source>Open a file of events (user, item, time): clicks, purchases, ratings. Or start with a made sample whose causes are known. You can also drop a file on this window.</source>
            <translation>打开一个事件文件（用户、物品、时间）：点击、购买、评分。或从一个原因已知的人造示例开始。也可以把文件拖到此窗口。</translation>
        </message>
        <message>
            <source>Events a user</source>
            <translation>每个用户的事件数</translation>
        </message>
        <message>
            <source>Events an item</source>
            <translation>每个物品的事件数</translation>
        </message>
        <message>
            <source>Events over time</source>
            <translation>事件随时间的分布</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Search users and items</source>
            <translation>搜索用户和物品</translation>
        </message>
        <message>
            <source>Users</source>
            <translation>用户</translation>
        </message>
        <message>
            <source>Items</source>
            <translation>物品</translation>
        </message>
        <message>
            <source>Users and items</source>
            <translation>用户和物品</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::ErrorBar</name>
        <message>
            <source>Close the message</source>
            <translation>关闭消息</translation>
        </message>
    </context>
    <context>
        <name>Files</name>
        <message>
            <source>Size of the picture (1 = as on screen, 2 = twice as sharp):</source>
            <translation>图片大小（1 = 与屏幕相同，2 = 清晰一倍）：</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::HeatMapView</name>
        <message>
            <source>Attention map</source>
            <translation>注意力图</translation>
        </message>
        <message>
            <source>%1 looks at %2: %3</source>
            <translation>%1 看 %2：%3</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::HistogramView</name>
        <message>
            <source>%1: %2 %3</source>
            <translation>%1：%2 %3</translation>
        </message>
        <message>
            <source>%1 to %2</source>
            <translation>%1 至 %2</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::ItemTableModel</name>
        <message>
            <source>Item</source>
            <translation>物品</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>标题</translation>
        </message>
        <message>
            <source>Category</source>
            <translation>类别</translation>
        </message>
        <message>
            <source>Events</source>
            <translation>事件</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::LastRowModel</name>
        <message>
            <source>Event</source>
            <translation>事件</translation>
        </message>
        <message>
            <source>Weight</source>
            <translation>权重</translation>
        </message>
    </context>
    <context>
        <name>fovea::gui::LogView</name>
        <message>
            <source>warning: </source>
            <translation>警告：</translation>
        </message>
        <message>
            <source>error: </source>
            <translation>错误：</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>日志</translation>
        </message>
    </context>
    <context>
        <name>fovea::gui::MainWindow</name>
        <message>
            <source>Ready</source>
            <translation>就绪</translation>
        </message>
        <message>
            <source>Preparing</source>
            <translation>准备中</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>训练中</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Finished</source>
            <translation>已完成</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>Open a workspace</source>
            <translation>打开工作区</translation>
        </message>
        <message>
            <source>Open a run</source>
            <translation>打开一次运行</translation>
        </message>
        <message>
            <source>About Fovea</source>
            <translation>关于 Fovea</translation>
        </message>
        <message>
            <source>&lt;h3&gt;Fovea %1&lt;/h3&gt;&lt;p&gt;Trains attention-based recommenders and shows what their attention does.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
            <translation>&lt;h3&gt;Fovea %1&lt;/h3&gt;&lt;p&gt;训练基于注意力的推荐模型，并展示其注意力的作用。&lt;/p&gt;&lt;p&gt;自由软件，遵循 GNU 通用公共许可证第 3 版或更高版本。&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Another window writes this workspace: it is open for reading.</source>
            <translation>另一个窗口正在写入此工作区：此处以只读方式打开。</translation>
        </message>
        <message>
            <source>Epoch %1, step %2</source>
            <translation>第 %1 轮，第 %2 步</translation>
        </message>
        <message>
            <source>The run %1 did not finish. It can go on where it was.</source>
            <translation>运行 %1 没有完成。可以从中断处继续。</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>%1 targets a second</source>
            <translation>每秒 %1 个目标</translation>
        </message>
        <message>
            <source>at most %1 left</source>
            <translation>最多还需 %1</translation>
        </message>
        <message>
            <source>CPU, 1 thread</source>
            <translation>CPU，1 个线程</translation>
        </message>
        <message>
            <source>CPU, %1 threads</source>
            <translation>CPU，%1 个线程</translation>
        </message>
        <message>
            <source>Memory that this program uses</source>
            <translation>本程序使用的内存</translation>
        </message>
        <message>
            <source>Save the attention map</source>
            <translation>保存注意力图</translation>
        </message>
        <message>
            <source>Save the curves</source>
            <translation>保存曲线</translation>
        </message>
        <message>
            <source>Save the model as a new folder</source>
            <translation>把模型保存为新文件夹</translation>
        </message>
        <message>
            <source>The model is in %1.</source>
            <translation>模型已保存到 %1。</translation>
        </message>
        <message>
            <source>A run is training</source>
            <translation>正在训练</translation>
        </message>
        <message>
            <source>Stop it and close? What was learnt is kept; the run can go on later.</source>
            <translation>要停止并关闭吗？学到的内容会保留；以后可以继续。</translation>
        </message>
        <message>
            <source>Stop and close</source>
            <translation>停止并关闭</translation>
        </message>
        <message>
            <source>Keep training</source>
            <translation>继续训练</translation>
        </message>
        <message>
            <source>%1 - Fovea</source>
            <translation>%1 - Fovea</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>文件(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Recent workspaces</source>
            <translation>最近的工作区(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Export</source>
            <translation>导出(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>编辑(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Run</source>
            <translation>运行(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>视图(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>主题(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>语言(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>帮助(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;System</source>
            <translation>跟随系统(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Light</source>
            <translation>浅色(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Dark</source>
            <translation>深色(&amp;D)</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>页面</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::OpenDataDialog</name>
        <message>
            <source>User</source>
            <translation>用户</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>物品</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>数值</translation>
        </message>
        <message>
            <source>, first in line %1</source>
            <translation>，首次出现在第 %1 行</translation>
        </message>
        <message>
            <source>Open data</source>
            <translation>打开数据</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>导入</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>%1 a second, %2 left</source>
            <translation>每秒 %1，还需 %2</translation>
        </message>
        <message>
            <source>Browse…</source>
            <translation>浏览…</translation>
        </message>
        <message>
            <source>&amp;Events:</source>
            <translation>事件(&amp;E)：</translation>
        </message>
        <message>
            <source>&amp;Items (titles, optional):</source>
            <translation>物品（标题，可选）(&amp;I)：</translation>
        </message>
        <message>
            <source>Delimited text</source>
            <translation>分隔文本</translation>
        </message>
        <message>
            <source>Sequences (user: item item)</source>
            <translation>序列（用户: 物品 物品）</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>格式</translation>
        </message>
        <message>
            <source>Delimiter</source>
            <translation>分隔符</translation>
        </message>
        <message>
            <source>First row is a &amp;header</source>
            <translation>首行是表头(&amp;H)</translation>
        </message>
        <message>
            <source>First rows of the file, a role over each column</source>
            <translation>文件的前几行，每列上方是其角色</translation>
        </message>
        <message>
            <source>What would come of it</source>
            <translation>导入后的结果</translation>
        </message>
        <message>
            <source>At least events a &amp;user:</source>
            <translation>每个用户至少事件数(&amp;U)：</translation>
        </message>
        <message>
            <source>At least events an i&amp;tem:</source>
            <translation>每个物品至少事件数(&amp;T)：</translation>
        </message>
        <message>
            <source>Text files (*.csv *.tsv *.txt *.dat *.inter *.data *.gz);;All files (*)</source>
            <translation>文本文件 (*.csv *.tsv *.txt *.dat *.inter *.data *.gz);;所有文件 (*)</translation>
        </message>
        <message>
            <source>Choose a file of events.</source>
            <translation>请选择一个事件文件。</translation>
        </message>
        <message>
            <source>UTF-8</source>
            <translation>UTF-8</translation>
        </message>
        <message>
            <source>Windows-1252</source>
            <translation>Windows-1252</translation>
        </message>
        <message>
            <source>Column %1</source>
            <translation>第 %1 列</translation>
        </message>
        <message>
            <source>Ignore</source>
            <translation>忽略</translation>
        </message>
        <message>
            <source>Role of %1</source>
            <translation>%1 的角色</translation>
        </message>
        <message>
            <source>Reading…</source>
            <translation>正在读取…</translation>
        </message>
        <message>
            <source>%1 rows read</source>
            <translation>读取了 %1 行</translation>
        </message>
        <message>
            <source>%1 events</source>
            <translation>%1 个事件</translation>
        </message>
        <message>
            <source>%1 users</source>
            <translation>%1 个用户</translation>
        </message>
        <message>
            <source>%1 items</source>
            <translation>%1 个物品</translation>
        </message>
        <message>
            <source>%1 to %2</source>
            <translation>%1 至 %2</translation>
        </message>
        <message>
            <source>no times: the order of the file counts</source>
            <translation>没有时间：以文件顺序为准</translation>
        </message>
        <message>
            <source>No problems found.</source>
            <translation>没有发现问题。</translation>
        </message>
    </context>
    <context>
        <name>fovea::gui::PreferencesDialog</name>
        <message>
            <source>Preferences</source>
            <translation>首选项</translation>
        </message>
        <message>
            <source>&amp;Language:</source>
            <translation>语言(&amp;L)：</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>&amp;Theme:</source>
            <translation>主题(&amp;T)：</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Threads that &amp;compute:</source>
            <translation>计算线程数(&amp;C)：</translation>
        </message>
        <message>
            <source>all cores but one</source>
            <translation>除一个外的全部核心</translation>
        </message>
        <message>
            <source>From the next start. A run may ask for another number in its settings.</source>
            <translation>下次启动时生效。运行可在其设置中要求别的数目。</translation>
        </message>
    </context>
    <context>
        <name>Texts</name>
        <message>
            <source>One of %1.</source>
            <translation>可取 %1。</translation>
        </message>
        <message>
            <source>From %1 to %2.</source>
            <translation>从 %1 到 %2。</translation>
        </message>
        <message>
            <source>Default: %1. Key: %2.</source>
            <translation>默认：%1。键：%2。</translation>
        </message>
        <message>
            <source>%1 s</source>
            <translation>%1 秒</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::Thumbnails</name>
        <message>
            <source>layer %1, mean of heads</source>
            <translation>第 %1 层，各头平均</translation>
        </message>
        <message>
            <source>layer %1, head %2</source>
            <translation>第 %1 层，第 %2 头</translation>
        </message>
        <message>
            <source>Heads</source>
            <translation>头</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::TrainPage</name>
        <message>
            <source>each step</source>
            <translation>每一步</translation>
        </message>
        <message>
            <source>mean of the epoch</source>
            <translation>本轮平均</translation>
        </message>
        <message>
            <source>%1 parameters, about %2 of memory, about %3 an epoch</source>
            <translation>%1 个参数，约 %2 内存，每轮约 %3</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>请选择</translation>
        </message>
        <message>
            <source>Start &amp;from:</source>
            <translation>起点(&amp;F)：</translation>
        </message>
        <message>
            <source>S&amp;moothing</source>
            <translation>平滑(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Logarithmic loss</source>
            <translation>对数损失(&amp;L)</translation>
        </message>
        <message>
            <source>Sh&amp;ow everything</source>
            <translation>显示全部(&amp;O)</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>导出…</translation>
        </message>
        <message>
            <source>Save the curves as a picture</source>
            <translation>把曲线保存为图片</translation>
        </message>
        <message>
            <source>Progress of the training</source>
            <translation>训练进度</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>Validation</source>
            <translation>验证</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <source>Gradient norm</source>
            <translation>梯度范数</translation>
        </message>
        <message>
            <source>Targets a second</source>
            <translation>每秒目标数</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::UserListModel</name>
        <message>
            <source>%1  (1 event)</source>
            <translation>%1  （1 个事件）</translation>
        </message>
        <message>
            <source>%1  (%2 events)</source>
            <translation>%1  （%2 个事件）</translation>
        </message>
    </context>
    <context>
        <name>fovea::widgets::UserTableModel</name>
        <message>
            <source>User</source>
            <translation>用户</translation>
        </message>
        <message>
            <source>Events</source>
            <translation>事件</translation>
        </message>
        <message>
            <source>First</source>
            <translation>首次</translation>
        </message>
        <message>
            <source>Last</source>
            <translation>末次</translation>
        </message>
    </context>
    <context>
        <name>Core</name>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>the model to train</source>
            <translation>要训练的模型</translation>
        </message>
        <message>
            <source>Width</source>
            <translation>宽度</translation>
        </message>
        <message>
            <source>size of an item's vector; the heads must divide it</source>
            <translation>物品向量的大小；必须能被头数整除</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>层数</translation>
        </message>
        <message>
            <source>attention blocks, one on top of the other</source>
            <translation>逐层叠加的注意力块</translation>
        </message>
        <message>
            <source>History length</source>
            <translation>历史长度</translation>
        </message>
        <message>
            <source>how many of the most recent events the model sees</source>
            <translation>模型看到最近的多少个事件</translation>
        </message>
        <message>
            <source>Feed-forward width</source>
            <translation>前馈宽度</translation>
        </message>
        <message>
            <source>hidden size of the feed-forward part of a block; 0 leaves it out</source>
            <translation>块中前馈部分的隐藏大小；0 表示不用</translation>
        </message>
        <message>
            <source>Normalisation</source>
            <translation>归一化</translation>
        </message>
        <message>
            <source>where a block normalises: before each part, after each residual, or as the SASRec paper's code does</source>
            <translation>块在何处归一化：每部分之前、每个残差之后，或与 SASRec 论文代码相同</translation>
        </message>
        <message>
            <source>Biases</source>
            <translation>偏置</translation>
        </message>
        <message>
            <source>ratings: add a bias of the user and one of the item</source>
            <translation>评分：加上用户和物品的偏置</translation>
        </message>
        <message>
            <source>Attention</source>
            <translation>注意力</translation>
        </message>
        <message>
            <source>Heads</source>
            <translation>头</translation>
        </message>
        <message>
            <source>attention heads of a block</source>
            <translation>每块的注意力头数</translation>
        </message>
        <message>
            <source>Regularisation</source>
            <translation>正则化</translation>
        </message>
        <message>
            <source>Dropout</source>
            <translation>丢弃率</translation>
        </message>
        <message>
            <source>share of values dropped while training; sets both dropouts below</source>
            <translation>训练时丢弃的比例；同时设定下面两项</translation>
        </message>
        <message>
            <source>Attention dropout</source>
            <translation>注意力丢弃率</translation>
        </message>
        <message>
            <source>share of attention weights dropped while training</source>
            <translation>训练时丢弃的注意力权重比例</translation>
        </message>
        <message>
            <source>Hidden dropout</source>
            <translation>隐藏层丢弃率</translation>
        </message>
        <message>
            <source>share of hidden values dropped while training</source>
            <translation>训练时丢弃的隐藏值比例</translation>
        </message>
        <message>
            <source>Weight decay</source>
            <translation>权重衰减</translation>
        </message>
        <message>
            <source>decoupled decay of the weights, times the learning rate</source>
            <translation>解耦的权重衰减，乘以学习率</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>what training makes small</source>
            <translation>训练所要减小的量</translation>
        </message>
        <message>
            <source>Negatives</source>
            <translation>负样本数</translation>
        </message>
        <message>
            <source>items drawn against each target by sampled losses</source>
            <translation>采样损失为每个目标抽取的物品数</translation>
        </message>
        <message>
            <source>Optimiser</source>
            <translation>优化器</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <source>step size of Adam</source>
            <translation>Adam 的步长</translation>
        </message>
        <message>
            <source>Batch</source>
            <translation>批大小</translation>
        </message>
        <message>
            <source>histories a training step takes</source>
            <translation>每个训练步取的历史数</translation>
        </message>
        <message>
            <source>Gradient clipping</source>
            <translation>梯度裁剪</translation>
        </message>
        <message>
            <source>largest norm of the whole gradient; 0 leaves it as it is</source>
            <translation>整个梯度的最大范数；0 表示不裁剪</translation>
        </message>
        <message>
            <source>Schedule</source>
            <translation>学习率日程</translation>
        </message>
        <message>
            <source>how the learning rate goes over the run</source>
            <translation>学习率在运行中如何变化</translation>
        </message>
        <message>
            <source>Warm-up</source>
            <translation>预热</translation>
        </message>
        <message>
            <source>steps in which the learning rate rises from zero</source>
            <translation>学习率从零上升的步数</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Epochs</source>
            <translation>轮数</translation>
        </message>
        <message>
            <source>most passes over the training events</source>
            <translation>遍历训练事件的最多次数</translation>
        </message>
        <message>
            <source>Patience</source>
            <translation>耐心</translation>
        </message>
        <message>
            <source>stop after so many epochs without a better metric; 0 never does</source>
            <translation>这么多轮没有更好的指标就停止；0 表示从不</translation>
        </message>
        <message>
            <source>Keep every</source>
            <translation>保留间隔</translation>
        </message>
        <message>
            <source>keep a checkpoint every so many epochs; 0 keeps the last and the best</source>
            <translation>每隔这么多轮保留一个检查点；0 只保留最后和最好的</translation>
        </message>
        <message>
            <source>Evaluation</source>
            <translation>评估</translation>
        </message>
        <message>
            <source>Metric</source>
            <translation>指标</translation>
        </message>
        <message>
            <source>the validation metric that picks the best epoch</source>
            <translation>用来挑选最好一轮的验证指标</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>随机种子</translation>
        </message>
        <message>
            <source>the one number that all random draws come from</source>
            <translation>所有随机抽取都来自这一个数</translation>
        </message>
        <message>
            <source>Threads</source>
            <translation>线程数</translation>
        </message>
        <message>
            <source>threads that compute; 0 takes all cores</source>
            <translation>计算所用的线程数；0 表示全部核心</translation>
        </message>
        <message>
            <source>where to compute</source>
            <translation>在哪里计算</translation>
        </message>
        <message>
            <source>SASRec</source>
            <translation>SASRec</translation>
        </message>
        <message>
            <source>self-attention over the history, scores for the next item</source>
            <translation>对历史做自注意力，为下一个物品打分</translation>
        </message>
        <message>
            <source>The article's model</source>
            <translation>文章中的模型</translation>
        </message>
        <message>
            <source>attention of an item over the rated history, ratings</source>
            <translation>物品对已评分历史的注意力，预测评分</translation>
        </message>
    </context>
</TS>
