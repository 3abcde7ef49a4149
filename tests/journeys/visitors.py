"""The twenty-five people who come to the window in one morning, all invented, and what came before."""

from dataclasses import dataclass

from mediation.registry.people.operations import Identity
from mediation.stages.intake.operations import Matter

NEW, JOIN, REPEAT = "new", "join", "repeat"


@dataclass(frozen=True)
class Visit:
    """Who stands at the window and what they say, as a clerk would write it down.

    ``kind`` is typed only where the text does not lead to it; ``belongs`` is what the clerk is to choose beside the
    form. ``people`` are the names of a group's list, which somebody brings along.
    """

    name: str
    phone: str
    other: str
    story: str
    claims: str
    place: str
    amount: str = ""
    id_number: str = ""
    kind: str = ""
    belongs: str = NEW
    people: tuple[str, ...] = ()
    cannot_read: bool = False

    @property
    def pasted(self) -> str:
        """Return the list of a group as it is copied from somebody's sheet: a heading, then a line for each."""
        begins = f"{self.phone[:7]}{self.phone[-1]}"
        others = [f"{number}\t{name}\t{begins}{number:03}" for number, name in enumerate(self.people[1:], 2)]
        return "\n".join(["序号\t姓名\t电话", f"1\t{self.people[0]}\t{self.phone}", *others])

    @property
    def typed(self) -> dict[str, str]:
        """Return the fields that are written, by name."""
        names = ("name", "phone", "id_number", "other", "story", "claims", "place", "amount")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


def earlier() -> list[dict]:
    """Return five matters of the weeks before, as ``intake.register`` takes them."""
    rows = (
        ("熊火根", "13907911001", "罗三毛", "neighbour.boundary", "360121106200",
         "罗三毛砌围墙，越过两家的界石半米，把熊火根家的晒谷场占去一条，村里量过一次没有谈成。"),
        ("邓秋香", "13907911002", "邓小平安", "marriage_family.elders", "360121106201",
         "邓秋香八十一岁，三个儿子说好轮流养，二儿子邓小平安从去年起不接人也不给口粮钱。"),
        ("万年丰", "13907911003", "南昌县顺达运输有限公司", "labour.pay", "360121106202",
         "万年丰在顺达运输公司开了八个月货车，公司欠他六月到九月的工资两万三千元没有发。"),
        ("徐桂莲", "13907911004", "胡建军", "contract.loan", "360121106203",
         "胡建军前年盖房向徐桂莲借三万元，写了借条，约定去年底还，只还了八千，后来不接电话。"),
        ("章水根", "13907911005", "章木根", "neighbour.passage", "360121106204",
         "章木根把两家共用的巷子堆满砖头，章水根的三轮车出不来，收稻子只能靠肩挑。"),
    )
    return [
        {
            "applicants": [Identity(name, phone=phone)],
            "respondents": [Identity(other, is_organisation=other.endswith("公司"))],
            "matter": Matter(story=story, type_code=code, area_code=area, claims="请中心调解"),
        }
        for name, phone, other, code, area, story in rows
    ]


WORKERS = tuple(f"{family}{given}" for family in ("刘", "余", "饶") for given in ("长根", "腊生", "金宝", "春牙"))
VILLAGERS = ("姜细毛", "姜冬生", "姜桂花", "喻火香", "喻水保", "邹来喜")

MORNING = (
    Visit(
        "万秋莲", "13970812716", "涂国平，电话13870810731，前进村8组",
        "两家屋后共用一条排水沟，涂国平浇水泥把沟面垫高约二十公分，下雨水倒灌进来访人家厨房，墙脚泡坏。",
        "沟面恢复原状，赔2600元", "wyqj", "2600", id_number="360121196803122260",
    ),
    Visit(
        "熊火根", "13907911001", "罗三毛",
        "罗三毛的围墙还在，越过界石半米占了晒谷场，上次村里来谈过没有结果，他昨天又往外砌了两层砖。",
        "拆掉越界的墙", "wygsc", belongs=REPEAT,
    ),
    Visit(
        "陈金妹", "13979120003", "丰源超市",
        "昨天在丰源超市买米，地上有油没有擦，滑倒摔断手腕，住院花了四千多元医药费，店里只肯出五百。",
        "赔医药费和误工费", "wyzfc", "6200",
    ),
    Visit(
        "李国兴", "13979120004", "李国旺",
        "父亲去世留下老屋三间，兄弟两个为遗产怎么分吵了半年，李国旺换了门锁不让进。", "按份继承", "wyfjc",
    ),
    Visit(
        "刘长根等12人", "13979120005", "南昌县宏达建筑劳务有限公司",
        "在工地做木工的十二个人，农民工工资从八月拖欠到现在，包工头说甲方没有付钱。", "付清拖欠的工资", "wywyc",
        "186000",
        people=WORKERS,
    ),
    Visit(
        "邓秋香", "无", "邓小平安",
        "大儿子陪着来的。二儿子邓小平安还是不接她去住，也不给赡养的口粮钱，说好轮流养老的。", "按月给赡养费", "wycgc",
        belongs=REPEAT, cannot_read=True,
    ),
    Visit(
        "涂小军", "13979120007", "吴卫东",
        "楼上吴卫东家的卫生间漏水，天花板渗水发霉，防水没有做好，找了三次不肯修。", "修好防水，赔装修", "wywyjs",
        "3500",
    ),
    Visit(
        "胡冬梅", "无", "不详", "骑电动车在岔路口被一辆面包车撞了，车祸后人跑了，没看清车牌。", "找到人赔医药费",
        "wydyc",
    ),
    Visit(
        "黄四清", "13979120009", "丁世荣", "丁世荣前年借钱一万五，写了借条，说好年底还钱，到现在一分没有还。",
        "还借款和利息", "wybfc", "15000",
    ),
    Visit(
        "万年丰", "13907911003", "南昌县顺达运输有限公司",
        "顺达运输公司欠的工资还是没有发，六月到九月两万三千元，公司说会计请假了。", "付清工资", "wyxyc", "23000",
        belongs=REPEAT,
    ),
    Visit(
        "章小燕", "13979120011", "美丽人生健身馆",
        "在健身房充值三千八的会员卡，只去了两次，健身房关门跑路，卡里的钱不退。", "退卡里的余额", "wyxqc", "3500",
    ),
    Visit(
        "罗根香", "13979120012", "罗国庆", "隔壁罗国庆家的狗没有拴，咬伤小孙子的腿，打了狂犬疫苗，不肯出钱。",
        "赔打针的钱", "wylsc", "1200",
    ),
    Visit(
        "姜细毛等6人", "13979120013", "南昌县绿禾种业有限公司",
        "六户人家买了同一批稻种种子，出苗不到三成，农药化肥都白下了，公司说是天气的原因。", "赔种子款和减产损失",
        "wyshc",
        "48000", people=VILLAGERS,
    ),
    Visit(
        "徐桂莲", "13907911004", "胡建军",
        "胡建军借的三万元只还了八千，借条在，约定去年底还，前天碰见他说没有钱。", "还清借款", "wyfjc", "22000",
        belongs=REPEAT,
    ),
    Visit(
        "吴爱国", "13979120015", "王家村物业服务有限公司", "小区路灯坏了半年没修，楼道没人扫，物业还上门催缴物业费。",
        "修好再交", "wycgsq",
    ),
    Visit(
        "周贵生", "13979120016", "周贵平", "周贵平把祖坟边上的地挖了，说要迁坟修路，没有跟族里人商量。", "填回去",
        "wyaqc",
    ),
    Visit(
        "邹春花", "13979120017", "县第二医院", "在医院做阑尾手术以后伤口感染，医生说是并发症，又住院二十天。",
        "赔第二次住院的钱", "wygfc", "18000",
    ),
    Visit(
        "汤伟", "13979120018", "汤小平", "汤小平昨晚喝了酒动手打伤他的脸，缝了五针，派出所叫来调解。", "赔医药费",
        "wynfc", "3000",
    ),
    Visit(
        "章水根", "13907911005", "章木根",
        "章木根的砖头还堆在两家共用的巷子里，三轮车出不来，和上个月来说的是一回事。", "把巷子清出来",
        "wyzfc", belongs=JOIN,
    ),
    Visit(
        "谢桃花", "无", "谢建国", "离婚以后儿子判给她带，谢建国不给抚养费，也不来探望孩子。", "按月给抚养费", "wyjhc",
        "1000",
    ),
    Visit(
        "郭志强", "13979120021", "郭小勇", "郭小勇租房一年，房租欠了四个月，押金抵掉还差三千，人搬走了。", "付清房租",
        "wyqjc",
        "3000",
    ),
    Visit(
        "杨文娟", "13979120022", "新航道培训学校", "给孩子报了培训班，上了五节课老师换了三个，要退学费不给退。",
        "退学费",
        "wywyc", "4600",
    ),
    Visit(
        "熊菊香", "13979120023", "熊二毛", "熊二毛家的鸡天天到菜地里吃菜，说了几次，两家口角骂人。", "把鸡关起来",
        "wydyc",
    ),
    Visit(
        "龚平", "13979120024", "龚永发", "龚永发租了三亩承包田，流转合同还有两年，突然说土地不租了要收回去。",
        "按合同种到期", "wybfc",
    ),
    Visit(
        "黎建英", "13979120025", "江西鑫达电子有限公司", "在电子厂上班两年没签合同，也没交社保，上个月被辞退。",
        "补社保，付补偿",
        "wysht", "12000",
    ),
)
